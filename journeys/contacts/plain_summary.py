"""The summary of a count as lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from journeys.contacts.reasons import DOUBTFUL, LEFT_OUT, REJECTED, REJECTED_BY_READER

_WORDS = REJECTED_BY_READER | REJECTED | LEFT_OUT | DOUBTFUL
_WAYS = {
    "whole_years": "whole years: not scaled by days",
    "weekdays": "each weekday by its mean, times the weeks of a year",
    "days_seen": "less than a week: weekdays outside it count as without contacts",
}
_TABLE = "{:32.32} {:>12} {:>11} {:>9} {:>10} {:>10} {:>10} {:>8}"


def plain_lines(summary: dict[str, Any]) -> Iterator[str]:
    for file in summary["files"]:
        yield f"{file['name']}: " + (
            f"the same as {file['same_as']}, not counted again"
            if "same_as" in file
            else f"{file['rows']:,} rows, {file['kind']}"
        )
    rows = summary["rows"]
    yield f"{rows['read']:,} rows read, {rows['counted']:,} counted as {summary['contacts']:,} contacts"
    for group, word in (("rejected", "rejected"), ("left_out", "left out"), ("doubtful", "counted with a doubt")):
        yield from _reasons(rows[group], word)
    yield ""
    yield _TABLE.format("touchpoint", "contacts", "customers", "each", "mean s", "median s", "p90 s", "unknown")
    for touchpoint in summary["touchpoints"]:
        yield _line(touchpoint["name"] or "(no name)", touchpoint)
    yield _line("all together", summary)
    if "customers_estimated_from_one_in" in summary:
        yield f"Customers are estimated from one in {summary['customers_estimated_from_one_in']}."
    yield from _channels_and_months(summary)
    if summary["year"]:
        yield ""
        yield _year(summary["year"])


def _reasons(group: dict[str, Any], word: str) -> Iterator[str]:
    if group["rows"]:
        yield f"{group['rows']:,} rows {word}:"
    for reason, found in group["reasons"].items():
        places = ", ".join(str(example["row"]) for example in found["examples"])
        more = ", ..." if found["rows"] > len(found["examples"]) else ""
        yield f"  {found['rows']:,}: {_WORDS[reason]} (row {places}{more})"


def _line(name: str, figures: dict[str, Any]) -> str:
    seconds = figures["seconds"]
    return _TABLE.format(
        name,
        f"{figures['contacts']:,}",
        f"{figures['customers']:,}",
        _number(figures["contacts_per_customer"], 2),
        *(_number(seconds[part], 1) for part in ("mean", "median", "p90")),
        "-" if figures["unknown_percent"] is None else f"{figures['unknown_percent']:.0f} %",
    )


def _number(value: float | None, digits: int) -> str:
    return "-" if value is None else f"{value:,.{digits}f}"


def _channels_and_months(summary: dict[str, Any]) -> Iterator[str]:
    for part in ("channels", "months"):
        if len(summary[part]) > 1:
            yield ""
            yield from (_line(each["name"] or "(no name)", each) for each in summary[part])


def _year(year: dict[str, Any]) -> str:
    return (
        f"A year: {year['contacts']:,.0f} contacts ({_WAYS[year['scaled_by']]}; "
        f"{year['first_day']} to {year['last_day']}, {year['days_with_contacts']} of {year['days']} days with contacts)"
    )
