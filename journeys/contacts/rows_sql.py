"""The rows of a log as SQL: one contact or step of a contact each, with its time, duration and reasons as bits.

Columns: customer UBIGINT (a hash, NULL where unknown), began TIMESTAMP (by the clocks of the log's zone), milliseconds
BIGINT (NULL where unknown), touchpoint and channel as written, bits UINTEGER, example VARCHAR; of logs that tell of
starts and completions also step (1 start, 2 completion), instance and instant TIMESTAMP (UTC).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from journeys.contacts.engine import quoted
from journeys.contacts.limits import EXAMPLE_LENGTH, MILLISECONDS_MAX
from journeys.contacts.mapping import UNITS, Mapping
from journeys.contacts.reasons import BITS
from journeys.contacts.sources import Source
from journeys.contacts.times import instant_sql, is_skipped_sql, local_sql

_HALF_DAY = 12 * 3_600_000
_DAY = 2 * _HALF_DAY
_POSSIBLE = "BETWEEN TIMESTAMP '1000-01-01' AND TIMESTAMP '2999-12-31'"  # of the times that a calendar here can show
# None of these holds where there is a start and a duration that can be counted.
_SEEN_BY_TIMES = frozenset(
    (
        *("broken_line", "no_time", "unreadable_time", "too_long", "no_start"),
        *("negative_duration", "unreadable_duration", "crossed_midnight", "end_before_start"),
    )
)
_STARTS, _COMPLETES = ("start",), ("complete", "end", "stop", "finish")


@dataclass(frozen=True)
class Reading:
    """A source with a settled mapping. forms: of the start's and the end's column. key: what customers are hashed with.

    is_lasting: hash so that the same customer has the same hash in every run of every version.
    """

    source: Source
    mapping: Mapping
    start_form: str
    end_form: str
    key: str
    is_lasting: bool = False

    @property
    def zone(self) -> str:
        return self.mapping.time_zone or "UTC"

    def text(self, role: str) -> str:
        """The column of a role; an empty text where the log has none. Trimmed where the head of the file shows need."""
        column = self.mapping.columns.get(role)
        if not column:
            return "''"
        place = self.source.columns.index(column)
        if not self.source.has_quotes:
            return f"trim(c{place}, ' \"')"
        is_padded = any(row[place] != row[place].strip() for row in self.source.head if place < len(row))
        return f"trim(c{place})" if is_padded else f"c{place}"


def rows_sql(reading: Reading) -> str:
    """SELECT of all rows that DuckDB could part. The innermost reads texts, the next times, the next reasons.

    Most rows are in order, so what only other rows need stands behind a CASE.
    """
    return f"""
        SELECT customer, {local_sql("instant", reading.zone)} AS began, {_milliseconds(reading)} AS milliseconds,
            touchpoint, channel, bits, CASE WHEN bits <> 0 THEN {_example(reading)} END AS example{_steps(reading)}
        FROM (
            SELECT *, {_bits(reading)} AS bits
            FROM (
                SELECT *, coalesce(start_at, end_at) AS instant, {_duration(reading)} AS took
                FROM (
                    SELECT *, {_instant("start_text", reading.start_form, reading)} AS start_at,
                        {_instant("end_text", reading.end_form, reading)} AS end_at
                    FROM ({_texts(reading)})
                )
            )
        )
    """  # noqa: S608


def _texts(reading: Reading) -> str:
    customer = reading.text("customer")
    unknown = [word for word in reading.mapping.unknown_customers if word]
    is_known = " AND ".join([f"{customer} <> ''", *(f"{customer} <> {quoted(word)}" for word in unknown)])
    used = ", ".join(f"c{place}" for place in _places(reading))
    return f"""
        SELECT {used}, CASE WHEN {is_known} THEN {_hash(customer, reading)} END AS customer,
            {reading.text("start")} AS start_text, {reading.text("end")} AS end_text,
            {reading.text("seconds")} AS seconds_text, {_touchpoint(reading)} AS touchpoint,
            {reading.text("channel")} AS channel, {reading.text("lifecycle")} AS step_text,
            {reading.text("instance")} AS instance, {reading.source.is_broken} AS is_broken
        FROM {reading.source.relation}
    """  # noqa: S608


def _hash(customer: str, reading: Reading) -> str:
    if not reading.is_lasting:
        return f"hash({customer})"
    return f"('0x' || left(sha256({quoted(reading.key)} || {customer}), 16))::UBIGINT"


def _touchpoint(reading: Reading) -> str:
    return reading.text("touchpoint") if reading.mapping.touchpoint else quoted(reading.mapping.touchpoint_name)


def _example(reading: Reading) -> str:
    """What the row says in the columns that are used."""
    texts = ", ".join(f"c{place}" for place in _places(reading))
    return f"left(concat_ws(' | ', {texts}), {EXAMPLE_LENGTH})"


def _places(reading: Reading) -> Sequence[int]:
    return sorted({reading.source.columns.index(column) for column in reading.mapping.columns.values()})


def _instant(text: str, form: str, reading: Reading) -> str:
    return instant_sql(text, form, reading.zone) if form else "NULL::TIMESTAMP"


def _duration(reading: Reading) -> str:
    """Milliseconds as they are written, below zero too; NULL where unknown."""
    if not reading.mapping.seconds:
        return "epoch_ms(end_at) - epoch_ms(start_at)"
    unit = UNITS[reading.mapping.seconds_unit]
    number = "replace(seconds_text, '.', '')" if reading.mapping.decimal_comma else "replace(seconds_text, ',', '')"
    number = f"TRY_CAST(replace({number}, ',', '.') AS DOUBLE) * {unit}"
    clock = "TRY_CAST(seconds_text AS INTERVAL)"
    hours = f"CASE WHEN seconds_text LIKE '%:%:%' THEN {clock} ELSE TRY_CAST('0:' || seconds_text AS INTERVAL) END"
    bounded = f"CASE WHEN abs({number}) < 1e15 THEN round({number})::BIGINT END"
    return f"CASE WHEN seconds_text LIKE '%:%' THEN epoch_ms({hours}) ELSE {bounded} END"


def _milliseconds(reading: Reading) -> str:
    """The duration that is counted."""
    least = _least(reading)
    crossed = f"WHEN took < 0 AND bits & {BITS['crossed_midnight']} <> 0 THEN took + {_DAY}"
    return f"CASE WHEN took BETWEEN {least} AND {MILLISECONDS_MAX} THEN took {crossed} END"


def _least(reading: Reading) -> int:
    return 1 if reading.mapping.zero_means_unknown and not reading.mapping.lifecycle else 0


def _bits(reading: Reading) -> str:
    tests = _tests(reading)
    found = " + ".join(f"CASE WHEN {test} THEN {BITS[name]} ELSE 0 END" for name, test in tests.items())
    others = {name: test for name, test in tests.items() if name not in _SEEN_BY_TIMES}
    usual = [f"start_at {_POSSIBLE}", f"took BETWEEN {_least(reading)} AND {MILLISECONDS_MAX}"]
    usual += [f"NOT coalesce({test}, false)" for test in others.values()]
    return f"(CASE WHEN {' AND '.join(usual)} THEN 0 ELSE {found} END)::UINTEGER"


def _tests(reading: Reading) -> dict[str, str]:
    """Reason to the SQL of when it holds."""
    mapping = reading.mapping
    tests = {
        "no_time": "NOT is_broken AND start_text = '' AND end_text = ''",
        "unreadable_time": f"""
            (start_at IS NULL AND (start_text <> '' OR (end_text <> '' AND end_at IS NULL)))
            OR coalesce(instant NOT {_POSSIBLE}, false)
        """,
        "too_long": f"took > {MILLISECONDS_MAX}",
    }
    if reading.source.is_broken != "false":
        tests["broken_line"] = "is_broken"
    if not reading.source.has_quotes:
        cells = " || ".join(f"c{place}" for place in _places(reading))
        tests["stray_quote"] = f"(strlen({cells}) - strlen(replace({cells}, '\"', ''))) % 2 = 1"
    if mapping.customer:
        tests["unknown_customer"] = "customer IS NULL"
    if mapping.touchpoint:
        tests["no_touchpoint"] = "touchpoint = ''"
    if mapping.ignored:
        tests["ignored_name"] = f"touchpoint IN ({', '.join(quoted(name) for name in mapping.ignored)})"
    if mapping.lifecycle:
        known = ", ".join(quoted(word) for word in (*_STARTS, *_COMPLETES))
        tests["other_step"] = f"lower(step_text) NOT IN ({known})"
    if mapping.start and mapping.end:
        tests["no_start"] = "start_text = '' AND end_at IS NOT NULL"
    tests |= _duration_tests(reading)
    if reading.start_form:
        tests["skipped_hour"] = is_skipped_sql("start_text", reading.start_form, reading.zone)
    return {name: test for name, test in tests.items() if test != "false"}


def _duration_tests(reading: Reading) -> dict[str, str]:
    if reading.mapping.seconds:
        return {
            "negative_duration": "took < 0",
            "unreadable_duration": "took IS NULL AND seconds_text <> ''",
        }
    if not (reading.mapping.start and reading.mapping.end):
        return {}
    is_crossed = f"took + {_DAY} <= {_HALF_DAY} AND start_text[:10] = end_text[:10]"
    return {
        "unreadable_duration": "end_at IS NULL AND end_text <> ''",
        "crossed_midnight": f"took < 0 AND {is_crossed}",
        "end_before_start": f"took < 0 AND NOT ({is_crossed})",
    }


def _steps(reading: Reading) -> str:
    if not reading.mapping.lifecycle:
        return ""
    completes = ", ".join(quoted(word) for word in _COMPLETES)
    return f", CASE WHEN lower(step_text) IN ({completes}) THEN 2 ELSE 1 END AS step, instance, instant"
