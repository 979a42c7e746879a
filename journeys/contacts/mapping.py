"""How the columns of a log are to be understood. Kept as JSON for the next file of the same shape."""

from __future__ import annotations

import dataclasses
import zoneinfo
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from journeys.contacts.refusals import Refused

FORMAT = 1
ROLES = (
    "customer",
    "start",
    "start_time",
    "end",
    "end_time",
    "seconds",
    "touchpoint",
    "channel",
    "lifecycle",
    "instance",
)
UNITS = {"milliseconds": 1, "seconds": 1_000, "minutes": 60_000, "hours": 3_600_000}
REPEATED = ("report", "once", "count")


@dataclass(frozen=True)
class Mapping:
    """What docs/contact-logs.md describes. Roles hold names of columns, "" where the log has none.

    start_time, end_time: columns of the time of day, where `start` and `end` hold dates; an end without a date has the
    start's. time_zone, day_first, decimal_comma: None where nobody has said. time_format: "" lets the file tell.
    """

    customer: str = ""
    start: str = ""
    end: str = ""
    seconds: str = ""
    touchpoint: str = ""
    channel: str = ""
    lifecycle: str = ""
    instance: str = ""
    start_time: str = ""
    end_time: str = ""
    touchpoint_name: str = "Contact"
    unknown_customers: tuple[str, ...] = ()
    zero_means_unknown: bool = False
    time_zone: str | None = None
    day_first: bool | None = None
    time_format: str = ""
    seconds_unit: str = "seconds"
    decimal_comma: bool | None = None
    repeated_rows: str = "report"
    ignored: tuple[str, ...] = ()
    names: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not self.start and not self.end:
            raise Refused(_("Say which column holds the start of a contact, or its end."))
        if self.start_time and not self.start:
            raise Refused(_("Say which column holds the date of the start."))
        if self.seconds_unit not in UNITS:
            raise Refused(_("Durations may be in %(units)s.") % {"units": ", ".join(UNITS)})
        if self.repeated_rows not in REPEATED:
            raise Refused(_("Repeated rows may be %(words)s.") % {"words": ", ".join(REPEATED)})
        if self.time_zone is not None and self.time_zone not in _time_zones():
            raise Refused(
                _("“%(zone)s” is not a time zone. Write one such as Europe/Stockholm.") % {"zone": self.time_zone}
            )

    @property
    def columns(self) -> dict[str, str]:
        """Role to column, of those that the log has."""
        return {role: getattr(self, role) for role in ROLES if getattr(self, role)}

    def to_dict(self) -> dict[str, Any]:
        """Everything that is not as in a new mapping."""
        told: dict[str, Any] = {"format": FORMAT}
        for part in dataclasses.fields(self):
            value = getattr(self, part.name)
            default = {} if part.name == "names" else part.default
            if value != default:
                told[part.name] = list(value) if isinstance(value, tuple) else value
        return told


@cache
def _time_zones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())


def mapping_from(told: Any) -> Mapping:
    """A mapping as `to_dict` writes it. Raises Refused."""
    if not isinstance(told, dict):
        raise Refused(_("A mapping is a JSON object, as docs/contact-logs.md describes it."))
    if told.get("format", FORMAT) != FORMAT:
        raise Refused(
            _("This mapping is of a format that is not known here. The known one is %(known)s.") % {"known": FORMAT}
        )
    parts = {part.name: part for part in dataclasses.fields(Mapping)}
    values = {name: value for name, value in told.items() if name != "format"}
    for name, value in values.items():
        if name not in parts:
            raise Refused(
                _("“%(name)s” is not part of a mapping. Known are %(known)s.")
                % {"name": name, "known": ", ".join(parts)}
            )
        if not _fits(value, str(parts[name].type)):
            raise Refused(_("“%(name)s” has a value of the wrong kind.") % {"name": name})
    given: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
    return Mapping(**given)


def _fits(value: Any, kind: str) -> bool:
    if kind.startswith("tuple"):
        return isinstance(value, list) and all(isinstance(each, str) for each in value)
    if kind.startswith("dict"):
        return isinstance(value, dict) and all(isinstance(each, str) for each in value.values())
    if value is None:
        return "None" in kind
    return isinstance(value, bool if kind.startswith("bool") else str)
