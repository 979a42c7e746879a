"""Groups as one types them: a line each, with the number of people behind a comma."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from assessments.limits import GROUP_NAME_MAX, GROUPS_MAX
from assessments.models import RoundGroup

PEOPLE_MAX = 1_000_000
_PEOPLE = re.compile(r"(.*?)\s*[,;\t]\s*(\d[\d\s.']*)")


@dataclass(frozen=True, slots=True)
class GroupLine:
    """people: how many could answer, None where nobody said."""

    name: str
    people: int | None = None


def read_groups(text: str) -> list[GroupLine]:
    """The groups that a text names. Raises ValidationError with a message for each line that can't be used."""
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    if len(lines) > GROUPS_MAX:
        message = _("These are %(count)s groups. A round has %(most)s at most.")
        raise ValidationError(message % {"count": len(lines), "most": GROUPS_MAX})
    groups, problems, known = [], [], dict[str, int]()
    for number, line in lines:
        group = _read_line(line)
        problem = _problem(group) or _twice(group, known)
        known.setdefault(group.name.casefold(), number)
        problems += [_("Line %(number)s: %(problem)s") % {"number": number, "problem": problem}] if problem else []
        groups.append(group)
    if problems:
        raise ValidationError(problems)
    return groups


def write_groups(groups: Iterable[RoundGroup]) -> str:
    """The text that `read_groups` reads as these groups."""
    return "\n".join(group.name if group.people is None else f"{group.name}, {group.people}" for group in groups)


def _read_line(line: str) -> GroupLine:
    counted = _PEOPLE.fullmatch(line)
    if counted is None or not counted[1]:
        return GroupLine(" ".join(line.split()))
    digits = re.sub(r"\D", "", counted[2])
    return GroupLine(" ".join(counted[1].split()), int(digits) if len(digits) < 10 else PEOPLE_MAX + 1)


def _problem(group: GroupLine) -> str:
    if len(group.name) > GROUP_NAME_MAX:
        message = _("This name has %(length)s characters. Shorten it to %(limit)s.")
        return message % {"length": len(group.name), "limit": GROUP_NAME_MAX}
    if group.people is not None and not 1 <= group.people <= PEOPLE_MAX:
        return _("The number of people goes from 1 to 1,000,000.")
    return ""


def _twice(group: GroupLine, known: dict[str, int]) -> str:
    earlier = known.get(group.name.casefold())
    return _("“%(name)s” is in line %(line)s already.") % {"name": group.name, "line": earlier} if earlier else ""
