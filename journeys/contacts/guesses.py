"""Which column of a log is which, by its name and by what stands in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from journeys.contacts.times import FITTING, TimeForm, guess_form

# Names of columns, in letters alone; earlier ones win.
_NAMES = {
    "customer": (
        "customer customerid customernumber caseconceptname caseid case client clientid kunde "
        "kundennummer kundenid kundnr user userid member memberid passenger patient contactid caller "
        "account accountid visitor visitorid cid id"
    ),
    "start": (
        "start starttime starttimestamp startedat startdate begin beginn from created createdat opened "
        "openedat timetimestamp timestamp datetime date time datum zeit calltime eventtime orderdate"
    ),
    "end": (
        "end endtime endtimestamp endedat enddate ende to finished finishedat closed closedat "
        "resolvedat complete completed completedat completetimestamp stop"
    ),
    "seconds": (
        "seconds secs sec duration durationseconds durations dauer sekunden handletime aht talktime "
        "callduration length servicetime minutes durationminutes milliseconds durationms"
    ),
    "touchpoint": (
        "touchpoint activity conceptname event eventname kontaktpunkt queue step task category reason "
        "topic page service type action aktivitaet subject"
    ),
    "channel": "channel kanal medium source canal",
    "lifecycle": "lifecycletransition lifecycle transition status eventtype",
    "instance": "activityinstance conceptinstance activityinstanceid instance",
}
_STEPS = frozenset(("start", "complete"))
_CLOCK_NAMES = {
    "start_time": (
        "starttime timestart start begintime begin starttijd startzeit beginnzeit beginn time timeofday clock calltime "
        "uhrzeit zeit heure hora tid klockslag hour from"
    ),
    "end_time": "endtime timeend end finishtime finish stoptime stop endzeit ende to until heurefin horafin sluttid",
}
_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)*")
_CLOCK = re.compile(r"\d{1,4}:\d\d(?::\d\d)?")
_TIME_OF_DAY = re.compile(r"(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:[.,]\d+)?)?(?: ?[ap]\.?m\.?)?", re.I)
_MIDNIGHT = re.compile(r".*[ T]00:00(?::00)?(?:\.0+)?")
_UNIT_WORDS = {
    "milliseconds": ("milliseconds", "millis", "ms"),
    "minutes": ("minutes", "minuten", "mins", "min"),
    "hours": ("hours", "stunden"),
}


@dataclass(frozen=True)
class Column:
    """A column of the sample with what stands in it."""

    name: str
    texts: tuple[str, ...]
    time: TimeForm | None

    @property
    def filled(self) -> list[str]:
        return [text.strip() for text in self.texts if text.strip()]

    @property
    def is_date(self) -> bool:
        """Whether it holds dates alone."""
        return self.time is not None and (not self.time.has_clock or all(map(_MIDNIGHT.fullmatch, self.filled)))

    @property
    def is_clock(self) -> bool:
        """Whether it holds times of day."""
        found = [bool(_TIME_OF_DAY.fullmatch(text)) for text in self.filled]
        return bool(found) and sum(found) >= FITTING * len(found)


def columns_of(names: Sequence[str], rows: Sequence[Sequence[str]], day_first: bool | None = None) -> list[Column]:
    """The columns of a head; short rows end early."""
    columns = []
    for place, name in enumerate(names):
        texts = tuple(row[place] for row in rows if place < len(row))
        columns.append(Column(name, texts, guess_form(texts, day_first)))
    return columns


def guess_roles(columns: Sequence[Column]) -> dict[str, str]:
    """Role to the name of a column. A column has one role; names speak first, then what stands in it."""
    roles: dict[str, str] = {}
    for role in ("lifecycle", "instance", "start", "end", "seconds", "customer", "touchpoint", "channel"):
        taken = set(roles.values())
        free = [column for column in columns if column.name not in taken and _may_be(role, column)]
        if found := _by_name(role, free):
            roles[role] = found.name
    roles = _from_contents(columns, roles)
    return roles | _guess_clocks(columns, roles)


def _guess_clocks(columns: Sequence[Column], roles: dict[str, str]) -> dict[str, str]:
    """Times of day beside dates. An end may have no date of its own."""
    held = {column.name: column for column in columns}
    found: dict[str, str] = {}
    for role in ("start", "end"):
        date = held.get(roles.get(role, "") or roles.get("start", ""))
        taken = {*roles.values(), *found.values()}
        clocks = [column for column in columns if column.is_clock and column.name not in taken]
        if date is None or not date.is_date or not clocks:
            continue
        named, others = _named_first(_CLOCK_NAMES[f"{role}_time"], clocks), clocks if role in roles else []
        if column := named or next(iter(others), None):
            found[f"{role}_time"] = column.name
    return found


def _by_name(role: str, columns: Sequence[Column]) -> Column | None:
    return _named_first(_NAMES[role], columns)


def _named_first(words: str, columns: Sequence[Column]) -> Column | None:
    """The column whose name is known; earlier words win, then whole names over parts of names."""
    for word in words.split():
        for column in columns:
            if _plain(column.name) == word:
                return column
    for word in words.split():
        for column in columns:
            if len(word) > 3 and word in re.split(r"[^a-z]+", column.name.casefold()):
                return column
    return None


def _may_be(role: str, column: Column) -> bool:
    if role in {"start", "end"}:
        return column.time is not None or not column.filled
    if role == "seconds":
        return not column.filled or all(
            _NUMBER.fullmatch(text) or _CLOCK.fullmatch(text) for text in column.filled[:50]
        )
    if role == "lifecycle":
        return bool(_STEPS & {text.casefold() for text in column.filled})
    return column.time is None or column.time.form.startswith("epoch") or role == "customer"


def _from_contents(columns: Sequence[Column], roles: dict[str, str]) -> dict[str, str]:
    """Where no name told: the first times are start and end, the next column that is no number's a touchpoint."""
    free = [column for column in columns if column.name not in roles.values()]
    times = [column for column in free if column.time]
    if "start" not in roles and "end" not in roles and times:
        roles["start"] = times[0].name
        if len(times) > 1:
            roles["end"] = times[1].name
    elif (
        len(times) == 1
        and re.search("start|beg", roles.get("start", "").casefold())
        and not {"end", "seconds"} & set(roles)
    ):
        roles["end"] = times[0].name
    if "customer" not in roles:
        rest = [column for column in free if column.name not in roles.values() and column.filled]
        ids = [column for column in rest if not column.time and not column.is_clock]
        if ids:
            roles["customer"] = ids[0].name
    return roles


def guess_unit(name: str) -> str:
    """The unit that a column's name speaks of; seconds where it speaks of none."""
    words = set(re.split(r"[^a-z]+", name.casefold()))
    return next((unit for unit, known in _UNIT_WORDS.items() if words & set(known)), "seconds")


def _plain(name: str) -> str:
    return "".join(letter for letter in name.casefold() if letter.isalpha())
