"""Points in time as DuckDB reads them out of texts, of the forms that `times` knows."""

from __future__ import annotations

from journeys.contacts.engine import quoted

_FIXED = frozenset(("UTC", "Etc/UTC", "GMT", "Etc/GMT", "Zulu", "Etc/Zulu", "UCT", "Universal", "Greenwich"))


def is_plain_zone(zone: str) -> bool:
    """Whether times of day in this zone are UTC's."""
    return zone in _FIXED


def instant_sql(text: str, form: str, zone: str) -> str:
    """A TIMESTAMP in UTC, NULL where the text is none of this form. text: an SQL expression."""
    if form.startswith("epoch"):
        number = f"TRY_CAST({text} AS DOUBLE)"
        milliseconds = f"{number} * 1000" if form == "epoch_seconds" else number
        return f"CASE WHEN {number} BETWEEN -1e13 AND 1e13 THEN epoch_ms(({milliseconds})::BIGINT) END"
    if form == "iso":
        wall = wall_sql(text, form)
        zoned = f"timezone('UTC', TRY_CAST({_without_blank(text)} AS TIMESTAMPTZ))"
        plain = wall if is_plain_zone(zone) else _to_utc(wall, zone)
        return f"CASE WHEN {_has_offset(text)} THEN {zoned} ELSE {plain} END"
    wall = wall_sql(text, form)
    return wall if is_plain_zone(zone) else _to_utc(wall, zone)


def wall_sql(text: str, form: str) -> str:
    """The TIMESTAMP that is written, whatever the zone; of forms that are not epochs. Never infinity."""
    if form == "iso":
        return f"TRY_CAST(CASE WHEN {text} >= '0' AND {text} < ':' THEN {text} END AS TIMESTAMP)"
    patterns = ", ".join(quoted(pattern) for pattern in form.split(" | "))
    return f"try_strptime({text}, [{patterns}])"


def is_skipped_sql(text: str, form: str, zone: str) -> str:
    """Whether the time of day that is written was skipped in the zone when clocks were put forward."""
    if is_plain_zone(zone) or form.startswith("epoch"):
        return "false"
    wall = wall_sql(text, form)
    skipped = f"coalesce(timezone({quoted(zone)}, timezone({quoted(zone)}, {wall})) <> {wall}, false)"
    return f"(NOT {_has_offset(text)} AND {skipped})" if form == "iso" else skipped


def local_sql(instant: str, zone: str) -> str:
    """A TIMESTAMP in UTC as clocks of the zone show it."""
    if is_plain_zone(zone):
        return instant
    return f"timezone({quoted(zone)}, timezone('UTC', {instant}))"


def _to_utc(wall: str, zone: str) -> str:
    return f"timezone('UTC', timezone({quoted(zone)}, {wall}))"


def _has_offset(text: str) -> str:
    """An ISO time that ends with an offset or Z, which DuckDB's TIMESTAMP leaves out. Usual lengths have none.

    With 19 letters it may have one: 2024-02-01 10:00+01.
    """
    is_usual = f"(strlen({text}) IN (10, 16) OR (strlen({text}) = 19 AND {text}[17] = ':'))"
    return f"(NOT {is_usual} AND regexp_matches({text}[17:], '[Zz+-]'))"


def _without_blank(text: str) -> str:
    return f"replace({text}, ' +', '+')"
