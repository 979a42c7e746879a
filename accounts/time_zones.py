"""The time zones that an organisation can choose."""

from __future__ import annotations

from functools import cache
from itertools import groupby
from zoneinfo import available_timezones


@cache
def known_time_zones() -> frozenset[str]:
    """Every name of the tz database; reading it takes 20 ms, so once a process."""
    return frozenset(available_timezones() | {"UTC"})


@cache
def time_zone_choices() -> tuple[tuple[str, tuple[tuple[str, str], ...]], ...]:
    """Select options by region: ("Europe", (("Europe/Oslo", "Oslo"), ...)); machines' own names left out."""
    places = sorted(name for name in known_time_zones() if "/" in name and not name.startswith("Etc/"))
    regions = groupby(places, key=lambda name: name.split("/")[0])
    return (
        ("UTC", (("UTC", "UTC"),)),
        *(
            (region, tuple((name, name.split("/", 1)[1].replace("_", " ")) for name in names))
            for region, names in regions
        ),
    )
