"""The rows of a log as SQL: one contact or step of a contact each, with its time, duration and reasons as bits.

Columns: customer UBIGINT or, where ids are asked for, VARCHAR (NULL where unknown), began TIMESTAMP (by the clocks of
the log's zone), milliseconds BIGINT (NULL where unknown), touchpoint and channel as written, bits UINTEGER, example
VARCHAR; of logs that tell of starts and completions also step (1 start, 2 completion), instance and instant TIMESTAMP
(UTC).
"""

from __future__ import annotations

from journeys.contacts.engine import quoted
from journeys.contacts.judging import COMPLETES, DAY, bits_sql
from journeys.contacts.limits import EXAMPLE_LENGTH, MILLISECONDS_MAX
from journeys.contacts.mapping import UNITS
from journeys.contacts.reading import Reading
from journeys.contacts.reasons import BITS
from journeys.contacts.times_sql import instant_sql, local_sql


def rows_sql(reading: Reading) -> str:
    """SELECT of all rows that DuckDB could part. The innermost reads texts, the next times, the next reasons.

    Most rows are in order, so what only other rows need stands behind a CASE.
    """
    return f"""
        SELECT customer, {local_sql("instant", reading.zone)} AS began, {_milliseconds(reading)} AS milliseconds,
            touchpoint, channel, bits, CASE WHEN bits <> 0 THEN {_example(reading)} END AS example{_steps(reading)}
        FROM (
            SELECT *, {bits_sql(reading)} AS bits
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
    used = ", ".join(f"c{place}" for place in reading.places)
    return f"""
        SELECT {used}, CASE WHEN {is_known} THEN {_hash(customer, reading)} END AS customer,
            {reading.text("start")} AS start_text, {reading.text("end")} AS end_text,
            {reading.text("seconds")} AS seconds_text, {_touchpoint(reading)} AS touchpoint,
            {reading.text("channel")} AS channel, {reading.text("lifecycle")} AS step_text,
            {reading.text("instance")} AS instance, {reading.source.is_broken} AS is_broken
        FROM {reading.source.relation}
    """  # noqa: S608


def _hash(customer: str, reading: Reading) -> str:
    if reading.has_hashes:
        return f"('0x' || {customer})::UBIGINT"
    return customer if reading.has_ids else f"hash({customer})"


def _touchpoint(reading: Reading) -> str:
    return reading.text("touchpoint") if reading.mapping.touchpoint else quoted(reading.mapping.touchpoint_name)


def _example(reading: Reading) -> str:
    """What the row says in the columns that are used."""
    texts = ", ".join(f"c{place}" for place in reading.places)
    return f"left(concat_ws(' | ', {texts}), {EXAMPLE_LENGTH})"


def _instant(text: str, form: str, reading: Reading) -> str:
    return instant_sql(text, form, reading.zone) if form else "NULL::TIMESTAMP"


def _duration(reading: Reading) -> str:
    """Milliseconds as they are written, below zero too; NULL where unknown."""
    if not reading.mapping.seconds:
        return "epoch_ms(end_at) - epoch_ms(start_at)"
    unit = UNITS[reading.mapping.seconds_unit]
    number = "replace(seconds_text, '.', '')" if reading.mapping.decimal_comma else "replace(seconds_text, ',', '')"
    number = f"TRY_CAST(replace({number}, ',', '.') AS DOUBLE) * {unit}"
    minutes = "TRY_CAST(split_part(ltrim(seconds_text, '-'), ':', 1) AS UINTEGER)"  # 75:30 is more than an hour
    sign = "CASE WHEN seconds_text[1] = '-' THEN '-' ELSE '' END"
    long = f"{sign} || ({minutes} // 60) || ':' || ({minutes} % 60) || ':' || split_part(seconds_text, ':', 2)"
    hours = f"TRY_CAST(CASE WHEN seconds_text LIKE '%:%:%' THEN seconds_text ELSE {long} END AS INTERVAL)"
    bounded = f"CASE WHEN abs({number}) < 1e15 THEN round({number})::BIGINT END"
    return f"CASE WHEN seconds_text LIKE '%:%' THEN epoch_ms({hours}) ELSE {bounded} END"


def _milliseconds(reading: Reading) -> str:
    """The duration that is counted."""
    crossed = f"WHEN took < 0 AND bits & {BITS['crossed_midnight']} <> 0 THEN took + {DAY}"
    return f"CASE WHEN took BETWEEN {reading.least_milliseconds} AND {MILLISECONDS_MAX} THEN took {crossed} END"


def _steps(reading: Reading) -> str:
    if not reading.mapping.lifecycle:
        return ""
    completes = ", ".join(quoted(word) for word in COMPLETES)
    return f", CASE WHEN lower(step_text) IN ({completes}) THEN 2 ELSE 1 END AS step, instance, instant"
