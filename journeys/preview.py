"""What a pasted text would make, shown before it is stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from journeys.choices import CHANNEL_ICONS, Channel, Decision, Level
from journeys.formats import Finding
from journeys.mini_curve import MiniCurve, draw_mini_curve
from journeys.plan import JourneyPlan, MomentPlan
from journeys.volumes import Volumes, total_volumes

QUOTE_MAX = 120


@dataclass(frozen=True, slots=True)
class PreviewMoment:
    """One moment with the labels of its choices and its texts under their names."""

    plan: MomentPlan
    channel: Channel
    icon: str
    level: Level | None
    decision: str
    texts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PreviewFinding:
    """One finding beside the line that it is about, or its place where the format has no lines."""

    line: int
    quote: str
    text: str
    is_error: bool
    place: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """A whole text, as read."""

    plan: JourneyPlan
    stages: tuple[tuple[str, tuple[PreviewMoment, ...]], ...]
    volumes: Volumes
    curve: MiniCurve
    findings: tuple[PreviewFinding, ...]

    @property
    def error_count(self) -> int:
        return sum(finding.is_error for finding in self.findings)


def preview_of(plan: JourneyPlan, findings: Sequence[Finding], text: str) -> Preview:
    """The plan and what there is to say about each line of its text."""
    moments = plan.moments
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return Preview(
        plan=plan,
        stages=tuple((stage.title, tuple(map(_preview_moment, stage.moments))) for stage in plan.stages),
        volumes=total_volumes(
            plan.customers_per_year,
            [moment.contacts_per_customer for moment in moments],
            [moment.seconds for moment in moments],
        ),
        curve=draw_mini_curve([moment.level for moment in moments]),
        findings=tuple(_preview_finding(finding, lines) for finding in findings),
    )


def _preview_finding(finding: Finding, lines: Sequence[str]) -> PreviewFinding:
    if finding.place:
        return PreviewFinding(finding.line, "", finding.text, finding.is_error, finding.place)
    line = lines[finding.line - 1].strip().replace("\0", "\ufffd")
    quote = line if len(line) <= QUOTE_MAX else f"{line[:QUOTE_MAX]}…"
    return PreviewFinding(finding.line, quote, finding.text, finding.is_error)


def _preview_moment(moment: MomentPlan) -> PreviewMoment:
    channel = Channel(moment.channel)
    return PreviewMoment(
        plan=moment,
        channel=channel,
        icon=CHANNEL_ICONS[channel],
        level=Level(moment.level) if moment.level else None,
        decision=str(Decision(moment.decision).label) if moment.decision else "",
        texts=tuple((label, text) for label, text in _texts(moment) if text),
    )


def _texts(moment: MomentPlan) -> tuple[tuple[Any, str], ...]:
    return (
        (_("Sees"), moment.experience),
        (_("Expects"), moment.expectation),
        (_("In front"), moment.serves_in_front),
        (_("Behind"), moment.stands_behind),
        (_("Systems"), moment.systems),
        (_("What more"), moment.what_more),
    )
