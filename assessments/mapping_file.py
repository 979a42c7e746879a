"""The mapping of a table of answers as JSON: what `import_answers --map` reads. docs/formats.md describes it.

{"columns": {"comfort_rating": "Comfort", "remarks": {"moment": "Comfort", "holds": "idea"}, "branch": "group"},
 "levels": {"1": 1, "5": 5, "0": null}, "title": "Survey of 2015", "day": "2015-08-31"}
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from assessments.mapping import GROUP, HOLDS, Asked, parse_use
from assessments.scales import normal
from assessments.scoring import LEVELS


class MappingError(ValueError):
    """A mapping that can't be used; its text says what to change."""


def read_uses(columns: Any, headings: Sequence[str], asked: Sequence[Asked]) -> dict[int, str]:
    """The use of each column. columns: by heading; those that are not named are ignored. Raises MappingError."""
    if not isinstance(columns, dict):
        raise MappingError(_("“columns” has to be an object: the use of each column by its heading."))
    if unknown := [heading for heading in columns if heading not in headings]:
        raise MappingError(_("There is no column “%(name)s”.") % {"name": unknown[0][:60]})
    return {place: _use(columns[heading], asked) for place, heading in enumerate(headings) if heading in columns}


def _use(said: Any, asked: Sequence[Asked]) -> str:
    if said in (None, "", "ignore"):
        return ""
    if said == GROUP:
        return GROUP
    moment, holds = (said.get("moment"), said.get("holds", "level")) if isinstance(said, dict) else (said, "level")
    if holds not in HOLDS:
        raise MappingError(_("“holds” is one of these: %(known)s.") % {"known": ", ".join(HOLDS)})
    return f"{holds}:{_moment(moment, asked).id}"


def _moment(said: Any, asked: Sequence[Asked]) -> Asked:
    """A moment by its title or its number from 1."""
    for moment in asked:
        if said == moment.number and not isinstance(said, bool):
            return moment
        if isinstance(said, str) and said.strip().casefold() in (title.casefold() for title in moment.titles):
            return moment
    raise MappingError(_("There is no moment “%(name)s”.") % {"name": str(said)[:60]})


def read_levels(levels: Any) -> dict[str, int | None]:
    """The level of each normal value. Raises MappingError."""
    if not isinstance(levels, dict):
        raise MappingError(_("“levels” has to be an object: the level of each value, or null for none."))
    for value, level in levels.items():
        if level is not None and (isinstance(level, bool) or level not in LEVELS):
            raise MappingError(_("The level of “%(value)s” is a number from 1 to 6, or null.") % {"value": value[:60]})
    return {normal(value): level for value, level in levels.items()}


def read_day(day: Any) -> date:
    """A day as 2015-08-31. Raises MappingError."""
    try:
        return date.fromisoformat(day)
    except (TypeError, ValueError):
        raise MappingError(_("A day is written like 2015-08-31.")) from None


def write_mapping(
    headings: Sequence[str], uses: Mapping[int, str], scale: Mapping[str, int | None], asked: Sequence[Asked]
) -> dict[str, Any]:
    """The same as JSON's own values, to be kept in a file and mended."""
    titles = {moment.id: moment.title for moment in asked}
    columns: dict[str, Any] = {}
    for place, heading in enumerate(headings):
        use = uses.get(place, "")
        found = parse_use(use, asked)
        if found is None:
            columns[heading] = GROUP if use == GROUP else "ignore"
        else:
            holds, moment_id = found
            title = titles[moment_id]
            columns[heading] = title if holds == "level" else {"moment": title, "holds": holds}
    return {"columns": columns, "levels": dict(scale)}
