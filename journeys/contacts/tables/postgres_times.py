"""Points in time and durations as PostgreSQL reads them out of texts, as `times_sql` has DuckDB do.

There is no cast that gives NULL for what it can't read, so each cast stands behind a regular expression that lets pass
only what exists: 29 February in leap years alone.
"""

from __future__ import annotations

from journeys.contacts.engine import quoted
from journeys.contacts.times_sql import is_plain_zone

TYPED = {"timestamp": "typed", "date": "typed", "timestamptz": "typed with zone"}  # type of a column to the form of it

_LEAP = r"[0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00"
_DATE = (
    r"(([1-9][0-9]{3})-("
    r"(0?[13578]|1[02])-(0?[1-9]|[12][0-9]|3[01])|(0?[469]|11)-(0?[1-9]|[12][0-9]|30)|0?2-(0?[1-9]|1[0-9]|2[0-8]))"
    rf"|({_LEAP})-0?2-29)"
)
_CLOCK = r"([01]?[0-9]|2[0-3]):[0-5]?[0-9](:[0-5]?[0-9](\.[0-9]{0,9})?)?"
_HALF_CLOCK = r"(0?[1-9]|1[0-2]):[0-5]?[0-9](:[0-5]?[0-9](\.[0-9]{0,9})?)? [AaPp][Mm]"
_OFFSET = r" ?([Zz]|[+-](0[0-9]|1[0-4])(:?[0-5][0-9])?)"
_PLAIN = rf"^{_DATE}([ T]{_CLOCK})?$"
_ZONED = rf"^{_DATE}[ T]{_CLOCK}{_OFFSET}$"
_HALVED = rf"^{_DATE} {_HALF_CLOCK}$"
_NUMBER = r"^[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9][0-9]?)?$"
_NUMBER_LENGTH_MAX = 100  # so that it stays within what a float can hold
_TALL_CLOCK = r"^-?[0-9]{1,9}:([0-5]?[0-9]:)?[0-5]?[0-9](\.[0-9]{1,9})?$"

_DIRECTIVES = {
    "%Y": "([0-9]{1,4})", "%y": "([0-9]{2})", "%m": "([0-9]{1,2})", "%d": "([0-9]{1,2})", "%H": "([0-9]{1,2})",
    "%I": "([0-9]{1,2})", "%M": "([0-9]{1,2})", "%S": "([0-9]{1,2})", "%f": "([0-9]{1,6})", "%p": "([AaPp][Mm])",
}  # fmt: skip


class UnknownPattern(ValueError):
    """A pattern of times that is not known here."""


def instant_sql(column: str, text: str, form: str, zone: str) -> str:
    """A TIMESTAMP in UTC, NULL where the text is none of this form. column: the value as the source has it."""
    if form.startswith("epoch"):
        number = f"(CASE WHEN {number_sql(text)} BETWEEN -1e13 AND 1e13 THEN {number_sql(text)} END)"
        milliseconds = f"{number} * 1000" if form == "epoch_seconds" else number
        return f"(TIMESTAMP '1970-01-01' + round({milliseconds}) * INTERVAL '1 millisecond')"
    if form == "typed with zone":
        return f"CASE WHEN {_is_possible(column)} THEN timezone('UTC', {column}) END"
    wall = wall_sql(column, text, form)
    plain = wall if is_plain_zone(zone) else f"timezone('UTC', timezone({quoted(zone)}, {wall}))"
    if form != "iso":
        return plain
    zoned = f"CASE WHEN {text} ~ {quoted(_ZONED)} THEN timezone('UTC', {text}::timestamptz) END"
    return f"coalesce({zoned}, {plain})"


def wall_sql(column: str, text: str, form: str) -> str:
    """The TIMESTAMP that is written, whatever the zone; of forms that are not epochs."""
    if form.startswith("typed"):
        return f"CASE WHEN {_is_possible(column)} THEN {column}::timestamp END"
    if form == "iso":
        return f"CASE WHEN {text} ~ {quoted(_PLAIN)} THEN {text}::timestamp END"
    parts = [_by_pattern(text, pattern) for pattern in form.split(" | ")]
    return f"coalesce({', '.join(parts)})"


def is_skipped_sql(column: str, text: str, form: str, zone: str) -> str:
    """As `times_sql.is_skipped_sql`."""
    if is_plain_zone(zone) or form.startswith("epoch") or form == "typed with zone":
        return "false"
    wall = wall_sql(column, text, form)
    return f"coalesce(timezone({quoted(zone)}, timezone({quoted(zone)}, {wall})) <> {wall}, false)"


def _is_possible(column: str) -> str:
    """Neither infinity nor beyond what a calendar can show, which casts would stumble over."""
    return f"{column} BETWEEN DATE '0001-01-02' AND DATE '9999-12-30'"


def _by_pattern(text: str, pattern: str) -> str:
    """Rewritten as year-month-day and then cast. Raises UnknownPattern."""
    expression, order, rest = "", list[str](), pattern
    while rest:
        size = 2 if rest.startswith("%") else 1
        part, rest = rest[:size], rest[size:]
        if size == 2 and part not in _DIRECTIVES:
            raise UnknownPattern(pattern)
        order += [part] if size == 2 else []
        expression += _DIRECTIVES[part] if size == 2 else part if part.isalnum() else f"[{part}]"
    if not {"%m", "%d"} <= set(order) or not {"%Y", "%y"} & set(order):
        raise UnknownPattern(pattern)
    return _rewritten(text, f"^{expression}$", {part: place for place, part in enumerate(order, start=1)})


def _rewritten(text: str, expression: str, places: dict[str, int]) -> str:
    def part(*names: str, otherwise: str = "00") -> str:
        return next((f"\\{places[name]}" for name in names if name in places), otherwise)

    clock = f"{part('%H', '%I')}:{part('%M')}:{part('%S')}" + (f".{part('%f')}" if "%f" in places else "")
    told = f"{part('%Y', '%y')}-{part('%m')}-{part('%d')} {clock}" + (f" {part('%p')}" if "%p" in places else "")
    plain = f"regexp_replace({text}, {quoted(expression)}, {quoted(told)})"
    if "%y" in places:
        plain = f"(CASE WHEN {plain} ~ '^(69|[7-9][0-9])-' THEN '19' ELSE '20' END || {plain})"
    known = _HALVED if "%p" in places else _PLAIN
    return f"CASE WHEN {text} ~ {quoted(expression)} AND {plain} ~ {quoted(known)} THEN {plain}::timestamp END"


def number_sql(text: str) -> str:
    """A number as it is written with a point; NULL for what is none."""
    is_number = f"length({text}) <= {_NUMBER_LENGTH_MAX} AND {text} ~ {quoted(_NUMBER)}"
    return f"(CASE WHEN {is_number} THEN {text}::double precision END)"


def clock_milliseconds_sql(text: str) -> str:
    """1:30 as a minute and a half, 1:00:30 as an hour and half a minute; NULL for what is neither."""
    parts = f"CASE WHEN {text} LIKE '%:%:%' THEN ltrim({text}, '-') ELSE '0:' || ltrim({text}, '-') END"
    hours, minutes, seconds = (f"split_part({parts}, ':', {place})::double precision" for place in (1, 2, 3))
    total = f"({hours} * 3600 + {minutes} * 60 + {seconds}) * 1000"
    signed = f"(CASE WHEN {text} LIKE '-%' THEN -1 ELSE 1 END) * floor({total} + 0.0001)"
    return f"(CASE WHEN {text} ~ {quoted(_TALL_CLOCK)} THEN ({signed})::bigint END)"


def epoch_milliseconds_sql(instant: str) -> str:
    """Of a TIMESTAMP; parts of a millisecond are cut off."""
    return f"round(extract(epoch FROM date_trunc('milliseconds', {instant})) * 1000)::bigint"
