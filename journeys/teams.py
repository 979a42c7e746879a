"""Teams: whoever serves in front of the customer or stands behind, over all journeys of an organisation.

A moment names them in two texts, parted by commas or semicolons. Two names are one team where they differ in capitals
and blanks only. Plain values in and out; `list_teams` asks the database.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from accounts.models import Organisation
from journeys.levels import DAMAGING
from journeys.models import Journey, Moment
from journeys.volumes import SECONDS_PER_HOUR, contacts_per_year

_PARTED = re.compile(r"[,;\n\uff0c\uff1b\u3001\u060c\u061b]")


@dataclass(frozen=True, slots=True)
class TeamMoment:
    """One moment that a team has a part in. hours_per_year: that customers spend in it."""

    moment: Moment
    is_front: bool
    is_behind: bool
    contacts_per_year: float
    hours_per_year: float

    @property
    def is_damaging(self) -> bool:
        """Whether it damages value by our own estimate."""
        return self.moment.level in DAMAGING


@dataclass
class Team:
    """One team with its moments in the order of the journeys. key: its name as it is compared."""

    key: str
    spellings: Counter[str] = field(default_factory=Counter)
    moments: list[TeamMoment] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The spelling met most; the first of those."""
        return self.spellings.most_common(1)[0][0]

    @property
    def journeys(self) -> list[Journey]:
        """Its journeys, each once."""
        return list({row.moment.stage.journey_id: row.moment.stage.journey for row in self.moments}.values())

    @property
    def is_front(self) -> bool:
        return any(row.is_front for row in self.moments)

    @property
    def is_behind(self) -> bool:
        return any(row.is_behind for row in self.moments)

    @property
    def contacts_per_year(self) -> float:
        return sum(row.contacts_per_year for row in self.moments)

    @property
    def hours_per_year(self) -> float:
        return sum(row.hours_per_year for row in self.moments)

    @property
    def damaging(self) -> list[TeamMoment]:
        return [row for row in self.moments if row.is_damaging]

    @property
    def damaging_contacts_per_year(self) -> float:
        return sum(row.contacts_per_year for row in self.damaging)


def split_names(text: str) -> list[str]:
    """The teams that a text names, each once, in order: "Gate staff; catering" gives two."""
    names = (" ".join(part.split()) for part in _PARTED.split(text))
    return list({team_key(name): name for name in reversed(list(names)) if name}.values())[::-1]


def team_key(name: str) -> str:
    """A name as it is compared: blanks at the ends and capitals tell nothing."""
    return " ".join(name.split()).casefold()


def teams_of(moments: Iterable[Moment]) -> list[Team]:
    """The teams of moments that come with their stages and journeys: those who damage most first, then by name."""
    teams: dict[str, Team] = {}
    for moment in moments:
        front, behind = split_names(moment.serves_in_front), split_names(moment.stands_behind)
        fronts, behinds = {team_key(name) for name in front}, {team_key(name) for name in behind}
        for key, names in _by_key((*front, *behind)):
            team = teams.setdefault(key, Team(key))
            team.spellings.update(names)
            team.moments.append(_part_in(moment, key in fronts, key in behinds))
    return sorted(teams.values(), key=lambda team: (-len(team.damaging), team.key))


def _by_key(names: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    found: dict[str, list[str]] = {}
    for name in names:
        found.setdefault(team_key(name), []).append(name)
    yield from found.items()


def _part_in(moment: Moment, is_front: bool, is_behind: bool) -> TeamMoment:
    contacts = contacts_per_year(moment.stage.journey.customers_per_year, moment.contacts_per_customer)
    return TeamMoment(moment, is_front, is_behind, contacts, contacts * moment.seconds / SECONDS_PER_HOUR)


def list_teams(organisation: Organisation) -> list[Team]:
    """All teams of an organisation's journeys but the archived ones; one query."""
    moments = Moment.objects.in_organisation(organisation).filter(stage__journey__archived_at__isnull=True)
    named = moments.exclude(serves_in_front="", stands_behind="").select_related("stage__journey")
    return teams_of(named.order_by("stage__journey__title", "stage__journey_id", "stage__position", "position"))
