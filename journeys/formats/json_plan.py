"""Our own JSON of a journey, version 1: docs/formats.md describes every name in it.

{
  "format": "moments-of-truth/journey", "version": 1,
  "title": "A trip with us", "customers_per_year": 10000000,
  "stages": [{"title": "Before", "moments": [{"title": "Searches a fare", "channel": "web", "level": 3}]}]
}
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from django.utils.translation import gettext as _

from journeys.choices import Channel, Decision
from journeys.formats.findings import Finding, Findings
from journeys.formats.header import known_language
from journeys.formats.json_checks import JsonChecks, join_path
from journeys.formats.json_text import JsonError, load_json
from journeys.formats.openjourney import is_openjourney, read_openjourney
from journeys.limits import (
    CONTACTS_PER_CUSTOMER_MAX,
    CUSTOMERS_PER_YEAR_MAX,
    MOMENTS_MAX,
    SECONDS_MAX,
    STAGES_MAX,
    TEXT_MAX,
    TITLE_MAX,
)
from journeys.plan import JourneyPlan, MomentPlan, StagePlan

FORMAT, VERSION = "moments-of-truth/journey", 1
_ROOT = ("format", "version", "title", "customers_per_year", "customer", "language", "stages")
_MOMENT = tuple(field.name for field in fields(MomentPlan))
DETAIL = "detail_journey"
_LEVELS = (1, 2, 3, 4, 5, 6, None)


def write_json(plan: JourneyPlan, details: Mapping[tuple[int, int], str] | None = None) -> str:
    """The whole journey: parse_json(write_json(plan)) == (plan, []) for every plan that can be stored.

    details: titles of more detailed journeys by the place (stage, moment) of the moments that lead to them; they are
    told and not read, since a title names no journey for sure.
    """
    values = {"format": FORMAT, "version": VERSION, **plan.to_dict()}
    for (stage, moment), title in (details or {}).items():
        values["stages"][stage]["moments"][moment][DETAIL] = title
    return json.dumps(_tidy(values), ensure_ascii=False, indent=2) + "\n"


def _tidy(value: Any) -> Any:
    """Whole numbers without .0, for eyes and diffs."""
    if isinstance(value, dict):
        return {name: _tidy(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_tidy(part) for part in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def parse_json(text: str) -> tuple[JourneyPlan, list[Finding]]:
    """The journey in a JSON text, ours or OpenJourney's, and each problem by its path. Never raises.

    The plan can always be stored; where a finding is an error it is not yet what the text says.
    """
    findings = Findings()
    try:
        values = load_json(text)
    except JsonError as error:
        findings.add_error(error.line, str(error))
        return JourneyPlan(_("Untitled journey")), findings.in_order()
    checks = JsonChecks(findings)
    plan = read_openjourney(values, checks) if is_openjourney(values) else _journey(values, checks)
    return plan, findings.in_order()


def _journey(value: Any, checks: JsonChecks) -> JourneyPlan:
    values = checks.object_at("", value, _ROOT)
    if values:
        checks.choice("format", values.get("format", FORMAT), [FORMAT], FORMAT)
        checks.choice("version", values.get("version", VERSION), [VERSION], VERSION)
    return JourneyPlan(
        title=checks.title("title", values.get("title", ""), TITLE_MAX, _("Untitled journey")),
        customers_per_year=checks.whole(
            "customers_per_year", values.get("customers_per_year", 0), CUSTOMERS_PER_YEAR_MAX
        ),
        customer=checks.text("customer", values.get("customer", ""), TITLE_MAX),
        language=_language(checks, values.get("language", "en")),
        stages=_stages(checks, values.get("stages", [])),
    )


def _language(checks: JsonChecks, value: Any) -> str:
    code = value.casefold() if isinstance(value, str) and len(value) < TITLE_MAX else ""
    language = known_language(code.replace("_", "-"))
    if language is None:
        checks.refuse("language", _("This has to be a language code such as en or de."))
    return language or "en"


def _stages(checks: JsonChecks, value: Any) -> tuple[StagePlan, ...]:
    values = checks.list_at("stages", value)
    if len(values) > STAGES_MAX:
        checks.refuse("stages", _("A journey has at most %(limit)s stages. Join some.") % {"limit": STAGES_MAX})
    stages, left = [], MOMENTS_MAX
    for place, stage in enumerate(values[:STAGES_MAX]):
        stages.append(_stage(checks, f"stages[{place}]", stage, left))
        left -= len(stages[-1].moments)
    return tuple(stages)


def _stage(checks: JsonChecks, path: str, value: Any, moments_max: int) -> StagePlan:
    values = checks.object_at(path, value, ("title", "moments"))
    moments = checks.list_at(f"{path}.moments", values.get("moments", []))
    if len(moments) > moments_max:
        message = _("A journey has at most %(limit)s moments. Make two of it.")
        checks.refuse(f"{path}.moments[{moments_max}]", message % {"limit": MOMENTS_MAX})
    return StagePlan(
        checks.title(f"{path}.title", values.get("title", ""), TITLE_MAX, _("Untitled stage")),
        tuple(_moment(checks, f"{path}.moments[{i}]", moment) for i, moment in enumerate(moments[:moments_max])),
    )


def _moment(checks: JsonChecks, path: str, value: Any) -> MomentPlan:
    """A moment; what the object does not name is as in a new moment."""
    values = {"title": "", **checks.object_at(path, value, (*_MOMENT, DETAIL))}
    read = {name: _field(checks, join_path(path, name), name, values[name]) for name in _MOMENT if name in values}
    return MomentPlan(**read)


def _field(checks: JsonChecks, path: str, name: str, value: Any) -> Any:
    match name:
        case "title":
            return checks.title(path, value, TITLE_MAX, _("Untitled moment"))
        case "channel":
            return checks.choice(path, value, Channel.values, "other")
        case "decision":
            return checks.choice(path, value, ["", *Decision.values], "")
        case "level":
            return checks.choice(path, value, _LEVELS, None)
        case "is_make_or_break":
            return checks.truth(path, value)
        case "contacts_per_customer":
            return checks.number(path, value, CONTACTS_PER_CUSTOMER_MAX, 1.0)
        case "seconds":
            return checks.number(path, value, SECONDS_MAX, 60.0)
        case "serves_in_front" | "stands_behind" | "systems":
            return checks.text(path, value, TITLE_MAX)
    return checks.text(path, value, TEXT_MAX)
