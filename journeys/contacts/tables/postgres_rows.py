"""The rows of a query as SQL of PostgreSQL: one contact or step of a contact each, as `rows_sql` makes them in DuckDB.

Plain SQL, so that servers that speak PostgreSQL's language understand it too. place: the number of the row, from 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from journeys.contacts.engine import quoted
from journeys.contacts.judging import COMPLETES, DAY, judged_sql
from journeys.contacts.limits import EXAMPLE_LENGTH, MILLISECONDS_MAX
from journeys.contacts.mapping import UNITS
from journeys.contacts.masking import HIDDEN
from journeys.contacts.reading import Reading
from journeys.contacts.reasons import BITS, UNCOUNTED
from journeys.contacts.tables.postgres_times import (
    clock_milliseconds_sql,
    epoch_milliseconds_sql,
    instant_sql,
    is_skipped_sql,
    number_sql,
)


@dataclass(frozen=True)
class Given:
    """A query with the types of its columns. hash_sql: what hashes {text} with {key}, to hexadecimal. joined: SQL of
    further columns, made of those.
    """

    query: str
    types: Sequence[str]
    hash_sql: str
    key: str
    joined: Sequence[str] = ()

    @property
    def relation(self) -> str:
        """Every column twice: as a text, and as v0, v1, ... as it is."""
        places = range(len(self.types))
        texts = ", ".join(f"coalesce(v{place}::text, '') AS c{place}, v{place}" for place in places)
        names = ", ".join(f"v{place}" for place in places)
        read = f"(SELECT {texts}, row_number() OVER () - 1 AS place FROM (\n{self.query}\n) AS given({names})) AS texts"  # noqa: S608
        if not self.joined:
            return read
        more = ", ".join(f"{sql} AS c{place}, NULL AS v{place}" for place, sql in enumerate(self.joined, len(places)))
        return f"(SELECT texts.*, {more} FROM {read}) AS joined_texts"  # noqa: S608


def rows_sql(reading: Reading, given: Given) -> str:
    """SELECT of all rows. OFFSET 0 keeps the server from working out a column anew wherever it is used."""
    zone = quoted(reading.zone)
    skipped = _skipped(reading)
    return f"""
        SELECT place, customer, timezone({zone}, timezone('UTC', instant)) AS began,
            {_milliseconds(reading)} AS milliseconds, touchpoint, channel, bits,
            CASE WHEN bits <> 0 THEN {_example(reading)} END AS example{_steps(reading)}
        FROM (
            SELECT judged_rows.*, {judged_sql(reading, skipped)} AS bits
            FROM (
                SELECT timed_rows.*, coalesce(start_at, end_at) AS instant, {_duration(reading)} AS took
                FROM (
                    SELECT named_rows.*, {_instant("start", reading)} AS start_at, {_instant("end", reading)} AS end_at,
                        ({_written(reading, given)})::double precision AS written
                    FROM ({_texts(reading, given)}) AS named_rows OFFSET 0
                ) AS timed_rows OFFSET 0
            ) AS judged_rows OFFSET 0
        ) AS read_rows
    """  # noqa: S608


def _texts(reading: Reading, given: Given) -> str:
    mapping, customer = reading.mapping, reading.text("customer")
    is_known = " AND ".join(f"{customer} <> {quoted(word)}" for word in ("", *filter(None, mapping.unknown_customers)))
    hashed = given.hash_sql.format(key=quoted(given.key), text=customer)
    touchpoint = reading.text("touchpoint") if mapping.touchpoint else quoted(mapping.touchpoint_name)
    used = ", ".join(f"c{place}, v{place}" for place in reading.places)
    return f"""
        SELECT place, {used}, CASE WHEN {is_known} THEN {hashed} END AS customer,
            {reading.text("start")} AS start_text, {reading.text("end")} AS end_text,
            {reading.text("seconds")} AS seconds_text, {touchpoint}::text AS touchpoint,
            {reading.text("channel")}::text AS channel, {reading.text("lifecycle")} AS step_text,
            {reading.text("instance")}::text AS instance, false AS is_broken
        FROM {given.relation} OFFSET 0
    """  # noqa: S608


def _instant(role: str, reading: Reading) -> str:
    form = reading.start_form if role == "start" else reading.end_form
    return instant_sql(_value(role, reading), f"btrim({role}_text)", form, reading.zone) if form else "NULL::timestamp"


def _skipped(reading: Reading) -> str:
    if not reading.start_form:
        return "false"
    return is_skipped_sql(_value("start", reading), "btrim(start_text)", reading.start_form, reading.zone)


def _value(role: str, reading: Reading) -> str:
    """The column of a role as the source has it."""
    column = reading.mapping.columns.get(role)
    return f"v{reading.source.columns.index(column)}" if column else "NULL"


def _written(reading: Reading, given: Given) -> str:
    """The duration as it is written, in milliseconds, not yet rounded."""
    mapping = reading.mapping
    if not mapping.seconds:
        return "NULL"
    place = reading.source.columns.index(mapping.seconds)
    if given.types[place] == "interval":
        return f"extract(epoch FROM v{place}) * 1000"
    if given.types[place] in _NUMBERS:
        return f"v{place}::double precision * {UNITS[mapping.seconds_unit]}"
    text = "btrim(seconds_text)"
    plain = f"replace({text}, '.', '')" if mapping.decimal_comma else f"replace({text}, ',', '')"
    number = f"{number_sql(f'replace({plain}, {_COMMA})')} * {UNITS[mapping.seconds_unit]}"
    return f"CASE WHEN {text} LIKE '%:%' THEN {clock_milliseconds_sql(text)} ELSE {number} END"


_NUMBERS = frozenset(("int2", "int4", "int8", "float4", "float8", "numeric"))
_COMMA = "',', '.'"


def _duration(reading: Reading) -> str:
    if not reading.mapping.seconds:
        return f"{epoch_milliseconds_sql('end_at')} - {epoch_milliseconds_sql('start_at')}"
    return "CASE WHEN abs(written) < 1e15 THEN trunc(written + sign(written) * 0.5)::bigint END"


def _milliseconds(reading: Reading) -> str:
    crossed = f"WHEN took < 0 AND bits & {BITS['crossed_midnight']} <> 0 THEN took + {DAY}"
    return f"CASE WHEN took BETWEEN {reading.least_milliseconds} AND {MILLISECONDS_MAX} THEN took {crossed} END"


def _example(reading: Reading) -> str:
    """What the row says in the columns that are used, but for the customer."""
    customer = reading.mapping.columns.get("customer", "")
    hidden = reading.source.columns.index(customer) if customer else -1
    cells = [
        f"CASE WHEN c{hidden} <> '' THEN {quoted(HIDDEN)} ELSE '' END" if place == hidden else f"c{place}"
        for place in reading.places
    ]
    return f"left({' || {} || '.format(quoted(' | ')).join(cells)}, {EXAMPLE_LENGTH})"


def _steps(reading: Reading) -> str:
    if not reading.mapping.lifecycle:
        return ""
    completes = ", ".join(quoted(word) for word in COMPLETES)
    return f", CASE WHEN lower(step_text) IN ({completes}) THEN 2 ELSE 1 END AS step, instance, instant"


def contacts_sql(reading: Reading, given: Given) -> str:
    """WITH ... up to `contacts`, in which steps are paired and repeated rows carry their reason."""
    read = f"WITH rows_read AS ({rows_sql(reading, given)})"
    if reading.mapping.lifecycle:
        return f"{read}, {_paired(reading.mapping.zero_means_unknown)}"
    if reading.mapping.repeated_rows == "count" or not reading.mapping.customer:
        return f"{read}, contacts AS (SELECT * FROM rows_read)"  # noqa: S608
    bit = BITS["repeated_once" if reading.mapping.repeated_rows == "once" else "repeated_row"]
    return f"{read}, {_compared(bit)}"


def _compared(bit: int) -> str:
    """As `repeats` does it."""
    is_compared = f"bits & {UNCOUNTED} = 0 AND customer IS NOT NULL"
    same = "customer, began, milliseconds, touchpoint, channel"
    return f"""compared AS (
        SELECT rows_read.*, {is_compared} AND row_number() OVER (
            PARTITION BY {is_compared}, {same} ORDER BY place) > 1 AS is_repeated
        FROM rows_read
    ), contacts AS (
        SELECT place, customer, began, milliseconds, touchpoint, channel,
            bits | CASE WHEN is_repeated THEN {bit} ELSE 0 END AS bits,
            coalesce(example, CASE WHEN is_repeated THEN {_WORDS} END) AS example
        FROM compared
    )"""  # noqa: S608


_WORDS = "touchpoint || ' | ' || channel || ' | ' || began::text"
_KEY = "customer, touchpoint, instance, stranger"
_OVER = f"(PARTITION BY {_KEY} ORDER BY instant, step, place"


def _paired(zero_means_unknown: bool) -> str:
    """As `pairing` does it."""
    least = 1 if zero_means_unknown else 0
    took = f"{epoch_milliseconds_sql('b.instant')} - {epoch_milliseconds_sql('a.instant')}"
    return f"""steps AS (
        SELECT rows_read.*, CASE WHEN customer IS NULL AND instance = '' THEN place END AS stranger
        FROM rows_read WHERE bits & {UNCOUNTED} = 0
    ), running AS (
        SELECT steps.*, sum(CASE WHEN step = 1 THEN 1 ELSE 0 END) OVER {_OVER} ROWS UNBOUNDED PRECEDING) AS starts,
            sum(CASE WHEN step = 2 THEN 1 ELSE 0 END) OVER {_OVER} ROWS UNBOUNDED PRECEDING) AS completions
        FROM steps
    ), reflected AS (
        SELECT running.*, greatest(0, max(completions - starts) OVER {_OVER} ROWS UNBOUNDED PRECEDING)) AS lone
        FROM running
    ), numbered AS (
        SELECT reflected.*, lone > coalesce(lag(lone) OVER {_OVER}), 0) AS is_lone,
            CASE WHEN step = 1 THEN starts ELSE completions - lone END AS turn
        FROM reflected
    ), paired AS (
        SELECT a.place, a.customer, a.began, {took} AS took, a.touchpoint, a.channel,
            a.bits | coalesce(b.bits, 0) | CASE WHEN b.turn IS NULL THEN {BITS["start_without_end"]} ELSE 0 END AS bits,
            coalesce(a.example, b.example) AS example, CASE WHEN b.turn IS NULL THEN 1 ELSE 2 END AS steps
        FROM (SELECT * FROM numbered WHERE step = 1) AS a
        LEFT JOIN (SELECT * FROM numbered WHERE step = 2 AND NOT is_lone) AS b
            ON coalesce(a.customer, '') = coalesce(b.customer, '') AND a.touchpoint = b.touchpoint
            AND a.instance = b.instance AND coalesce(a.stranger, -1) = coalesce(b.stranger, -1) AND a.turn = b.turn
        UNION ALL
        SELECT place, customer, began, 0, touchpoint, channel, bits, example, 1 FROM numbered WHERE step = 2 AND is_lone
    ), contacts AS (
        SELECT place, customer, began,
            CASE WHEN took BETWEEN {least} AND {MILLISECONDS_MAX} THEN took END AS milliseconds, touchpoint, channel,
            CASE WHEN took > {MILLISECONDS_MAX} THEN bits | {BITS["too_long"]} ELSE bits END AS bits,
            coalesce(example, {_WORDS}) AS example, steps
        FROM paired
        UNION ALL
        SELECT place, customer, began, NULL, touchpoint, channel, bits, example, 1
        FROM rows_read WHERE bits & {UNCOUNTED} <> 0
    )"""  # noqa: S608


def labelled(column: str, labels: Mapping[str, str]) -> str:
    """SQL of what a name is counted as."""
    changed = {name: label for name, label in labels.items() if name != label}
    cases = " ".join(f"WHEN {quoted(name)} THEN {quoted(label)}" for name, label in changed.items())
    return f"CASE {column} {cases} ELSE {column} END" if cases else column
