"""OpenJourney Format maps (.ojf): stages as columns, swimlanes as rows, nodes where they meet.

A node is a moment, in its stage; nodes of a stage keep the order of the file. A score from -5 to +5 becomes a level:
-5 and -4 are 1, -3 to -1 are 2, 0 is 3 (nothing to remember), 1 and 2 are 4, 3 and 4 are 5, +5 is 6. A node without a
score is not judged. Feeling, lane, tags and a blueprint's lines stand under the description, as what the customer sees;
a blueprint's actors are who serves in front and who stands behind, its support the systems that take part.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from journeys.formats.json_checks import JsonChecks
from journeys.formats.words import vocabulary
from journeys.limits import MOMENTS_MAX, STAGES_MAX, TEXT_MAX, TITLE_MAX
from journeys.plan import JourneyPlan, MomentPlan, StagePlan

_LEVEL_FLOORS = ((-3.5, 1), (-0.5, 2), (0.5, 3), (2.5, 4), (4.5, 5))


def is_openjourney(value: Any) -> bool:
    """Whether a JSON value is such a map and not a journey of ours."""
    return isinstance(value, dict) and "stages" in value and ("nodes" in value or "swimlanes" in value)


def read_openjourney(value: dict[str, Any], checks: JsonChecks) -> JourneyPlan:
    """The journey of a map; each problem is named by its path."""
    metadata = value.get("metadata")
    about = {**value, **(metadata if isinstance(metadata, dict) else {})}
    persona = _text(checks, "persona", about.get("persona"), TITLE_MAX)
    point = _text(checks, "pointOfView", about.get("pov") or about.get("pointOfView"), TITLE_MAX)
    title = _text(checks, "title", about.get("title"), TITLE_MAX)
    if not title:
        title = (point or persona or _("Untitled journey"))[:TITLE_MAX]
        checks.findings.add_doubt(
            1, _("The map has no title, so it is called “%(title)s”.") % {"title": title}, "title"
        )
    customer = persona if title != persona else ""
    return JourneyPlan(title, customer=customer, stages=_stages(value, checks))


def _stages(value: dict[str, Any], checks: JsonChecks) -> tuple[StagePlan, ...]:
    found = checks.list_at("stages", value["stages"])
    if len(found) > STAGES_MAX:
        checks.refuse("stages", _("A journey has at most %(limit)s stages. Join some.") % {"limit": STAGES_MAX})
    titles: dict[str, str] = {}
    for place, stage in enumerate(found[:STAGES_MAX]):
        values = stage if isinstance(stage, dict) else {}
        name = checks.title(f"stages[{place}].name", values.get("name", ""), TITLE_MAX, _("Untitled stage"))
        if titles.setdefault(str(values.get("id", place)), name) is not name:
            checks.refuse(f"stages[{place}].id", _("Another stage has the same id. Change one of them."))
    moments: dict[str, list[MomentPlan]] = {stage_id: [] for stage_id in titles}
    _read_nodes(value, checks, moments)
    return tuple(StagePlan(titles[stage_id], tuple(moments[stage_id])) for stage_id in titles)


def _read_nodes(value: dict[str, Any], checks: JsonChecks, moments: dict[str, list[MomentPlan]]) -> None:
    nodes, lanes = checks.list_at("nodes", value.get("nodes", [])), _lanes(value)
    if len(nodes) > MOMENTS_MAX:
        message = _("A journey has at most %(limit)s moments. Make two of it.")
        checks.refuse(f"nodes[{MOMENTS_MAX}]", message % {"limit": MOMENTS_MAX})
    for place, node in enumerate(nodes[:MOMENTS_MAX]):
        path = f"nodes[{place}]"
        stage = moments.get(str(node.get("stageId"))) if isinstance(node, dict) else None
        if stage is None:
            checks.refuse(f"{path}.stageId", _("There is no such stage."))
        else:
            stage.append(_moment(checks, path, node, lanes))


def _moment(checks: JsonChecks, path: str, node: dict[str, Any], lanes: dict[str, str]) -> MomentPlan:
    blueprint = node.get("blueprint") if isinstance(node.get("blueprint"), dict) else {}
    tags = [tag for tag in _items(node.get("tags")) if isinstance(tag, str)]
    description = _text(checks, f"{path}.description", node.get("description"), TEXT_MAX)
    remark = " · ".join(filter(None, (_string(node.get("sentiment")), lanes.get(str(node.get("swimlaneId"))), *tags)))
    sees = "\n".join(filter(None, (description, remark, *_deeds(blueprint))))
    return MomentPlan(
        title=checks.title(f"{path}.title", node.get("title", ""), TITLE_MAX, _("Untitled moment")),
        experience=checks.text(path, sees, TEXT_MAX),
        channel=_channel(tags),
        serves_in_front=_text(checks, f"{path}.blueprint.onstage", _actors(blueprint, "onstage", "actor"), TITLE_MAX),
        stands_behind=_text(checks, f"{path}.blueprint.backstage", _actors(blueprint, "backstage", "actor"), TITLE_MAX),
        systems=_text(checks, f"{path}.blueprint.support", _actors(blueprint, "support", "system"), TITLE_MAX),
        is_make_or_break=checks.truth(f"{path}.isMomentOfTruth", node.get("isMomentOfTruth", False)),
        level=_level(checks, f"{path}.score", node.get("score")),
    )


def _deeds(blueprint: Any) -> Iterator[str]:
    """Who does what, a line each: Nurse: Conducts triage."""
    lanes = (("evidence", "type", "item"), ("onstage", "actor", "action"), ("backstage", "actor", "action"))
    for lane, who, what in (*lanes, ("support", "system", "description")):
        for item in _items(blueprint.get(lane)):
            if isinstance(item, dict) and (deed := _string(item.get(what))):
                yield ": ".join(filter(None, (_string(item.get(who)), deed)))


def _string(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _lanes(value: dict[str, Any]) -> dict[str, str]:
    """The rows' names by their ids, where there is more than one to tell apart."""
    lanes = [lane for lane in _items(value.get("swimlanes")) if isinstance(lane, dict)]
    return {str(lane.get("id")): _string(lane.get("name")) for lane in lanes} if len(lanes) > 1 else {}


def _channel(tags: list[str]) -> str:
    """The channel that a tag names, if one does."""
    meanings = (vocabulary().alone.get(tag.casefold()) for tag in tags)
    return next((meaning[1] for meaning in meanings if meaning and meaning[0] == "channel"), "other")


def _level(checks: JsonChecks, path: str, score: Any) -> int | None:
    if score is None:
        return None
    if isinstance(score, bool) or not isinstance(score, int | float) or not -5 <= score <= 5:
        checks.refuse(path, _("This has to be a number from -5 to +5."))
        return None
    return next((level for floor, level in _LEVEL_FLOORS if score < floor), 6)


def _actors(blueprint: Any, lane: str, name: str) -> str:
    """Who or what stands in one lane of a blueprint, each once."""
    actors = [item.get(name) for item in _items(blueprint.get(lane)) if isinstance(item, dict)]
    return ", ".join(dict.fromkeys(actor for actor in actors if isinstance(actor, str) and actor))


def _items(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(checks: JsonChecks, path: str, value: Any, limit: int) -> str:
    return checks.text(path, "" if value is None else value, limit)
