"""The reasons of a row as SQL: what is wrong or doubtful about it, as bits."""

from __future__ import annotations

from journeys.contacts.engine import quoted
from journeys.contacts.limits import MILLISECONDS_MAX
from journeys.contacts.reading import Reading
from journeys.contacts.reasons import BITS
from journeys.contacts.times_sql import is_skipped_sql

STARTS, COMPLETES = ("start",), ("complete", "end", "stop", "finish")
_HALF_DAY = 12 * 3_600_000
DAY = 2 * _HALF_DAY
_POSSIBLE = "BETWEEN TIMESTAMP '1000-01-01' AND TIMESTAMP '2999-12-31'"  # of the times that a calendar here can show
# None of these holds where there is a start and a duration that can be counted.
_SEEN_BY_TIMES = frozenset(
    (
        *("broken_line", "no_time", "unreadable_time", "too_long", "no_start"),
        *("negative_duration", "unreadable_duration", "crossed_midnight", "end_before_start"),
    )
)
_STARTS, _COMPLETES = ("start",), ("complete", "end", "stop", "finish")


def bits_sql(reading: Reading) -> str:
    """Of DuckDB."""
    skipped = is_skipped_sql("start_text", reading.start_form, reading.zone) if reading.start_form else "false"
    return f"({judged_sql(reading, skipped)})::UINTEGER"


def judged_sql(reading: Reading, skipped: str) -> str:
    """A whole number, in SQL of any kind. skipped: SQL of whether clocks were put forward past the start."""
    tests = _tests(reading) | {"skipped_hour": skipped}
    tests = {name: test for name, test in tests.items() if test != "false"}
    found = " + ".join(f"CASE WHEN {test} THEN {BITS[name]} ELSE 0 END" for name, test in tests.items())
    others = {name: test for name, test in tests.items() if name not in _SEEN_BY_TIMES}
    usual = [f"start_at {_POSSIBLE}", f"took BETWEEN {reading.least_milliseconds} AND {MILLISECONDS_MAX}"]
    usual += [f"NOT coalesce({test}, false)" for test in others.values()]
    return f"CASE WHEN {' AND '.join(usual)} THEN 0 ELSE {found} END"


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
        cells = " || ".join(f"c{place}" for place in reading.places)
        tests["stray_quote"] = f"(strlen({cells}) - strlen(replace({cells}, '\"', ''))) % 2 = 1"
    if mapping.customer:
        tests["unknown_customer"] = "customer IS NULL"
    if mapping.touchpoint:
        tests["no_touchpoint"] = "touchpoint = ''"
    if mapping.ignored:
        tests["ignored_name"] = f"touchpoint IN ({', '.join(quoted(name) for name in mapping.ignored)})"
    if mapping.lifecycle:
        known = ", ".join(quoted(word) for word in (*STARTS, *COMPLETES))
        tests["other_step"] = f"lower(step_text) NOT IN ({known})"
    if mapping.start and mapping.end:
        tests["no_start"] = "start_text = '' AND end_at IS NOT NULL"
    return tests | _duration_tests(reading)


def _duration_tests(reading: Reading) -> dict[str, str]:
    if reading.mapping.seconds:
        return {
            "negative_duration": "took < 0",
            "unreadable_duration": "took IS NULL AND seconds_text <> ''",
        }
    if not (reading.mapping.start and reading.mapping.end):
        return {}
    is_crossed = f"took + {DAY} <= {_HALF_DAY} AND left(start_text, 10) = left(end_text, 10)"
    return {
        "unreadable_duration": "end_at IS NULL AND end_text <> ''",
        "crossed_midnight": f"took < 0 AND {is_crossed}",
        "end_before_start": f"took < 0 AND NOT ({is_crossed})",
    }
