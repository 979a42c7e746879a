"""A journey while it is being read: keeps every limit, and says where a text goes past one."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.translation import gettext as _

from journeys.formats.findings import Finding, Findings
from journeys.limits import MOMENTS_MAX, OUTLINE_MAX, STAGES_MAX, TEXT_MAX, TITLE_MAX
from journeys.plan import JourneyPlan, MomentPlan, StagePlan

_SHORT = ("title", "serves_in_front", "stands_behind", "systems")
_LONG = ("experience", "expectation", "what_more")


@dataclass
class JourneyDraft:
    """What has been read so far. Its plan is always one that can be stored; what was cut for that is an error."""

    findings: Findings = field(default_factory=Findings)
    title: str = ""
    customers_per_year: int = 0
    customer: str = ""
    language: str = "en"
    stages: list[tuple[str, list[MomentPlan]]] = field(default_factory=list)
    moments_count: int = 0
    is_full: bool = False

    def open_stage(self, line: int, title: str) -> None:
        """Begin a stage; past STAGES_MAX nothing more is taken in."""
        if len(self.stages) == STAGES_MAX:
            self.close(line, _("A journey has at most %(limit)s stages. Join some.") % {"limit": STAGES_MAX})
        if not self.is_full:
            self.stages.append((self.fit(line, title, TITLE_MAX), []))

    def add_moment(self, line: int, moment: MomentPlan) -> None:
        """Append to the last stage, or to one of our own where the text has none; past MOMENTS_MAX no more."""
        if not self.stages:
            self.open_stage(line, _("Sequence"))
        if self.moments_count == MOMENTS_MAX:
            self.close(line, _("A journey has at most %(limit)s moments. Make two of it.") % {"limit": MOMENTS_MAX})
        if not self.is_full:
            self.stages[-1][1].append(self._fit_moment(line, moment))
            self.moments_count += 1

    def fit(self, line: int, text: str, limit: int) -> str:
        """The text, cut to `limit` characters with an error where it is longer."""
        if len(text) > limit:
            message = _("“%(start)s…” has %(length)s characters. Shorten it to %(limit)s.")
            self.findings.add_error(line, message % {"start": text[:30], "length": len(text), "limit": limit})
        return text[:limit]

    def finish(self) -> tuple[JourneyPlan, list[Finding]]:
        """The plan, and the findings in order."""
        return self._plan(), self.findings.in_order()

    def _plan(self) -> JourneyPlan:
        stages = tuple(StagePlan(title, tuple(moments)) for title, moments in self.stages)
        title = self.title or _("Untitled journey")
        return JourneyPlan(title, self.customers_per_year, self.customer, self.language, stages)

    def _fit_moment(self, line: int, moment: MomentPlan) -> MomentPlan:
        limits = {**dict.fromkeys(_SHORT, TITLE_MAX), **dict.fromkeys(_LONG, TEXT_MAX)}
        fitted: dict[str, Any] = {name: self.fit(line, getattr(moment, name), limit) for name, limit in limits.items()}
        return replace(moment, **fitted)

    def close(self, line: int, reason: str) -> None:
        """Take in nothing more, and say why."""
        if not self.is_full:
            self.findings.add_error(line, reason)
        self.is_full = True


def refuse_length(text: str) -> tuple[JourneyPlan, list[Finding]] | None:
    """An empty plan and the reason, where a text is longer than any reader takes."""
    if len(text) <= OUTLINE_MAX:
        return None
    draft = JourneyDraft()
    message = _("This text has %(length)s characters; at most %(limit)s can be read. Paste a part of it.")
    draft.findings.add_error(1, message % {"length": len(text), "limit": OUTLINE_MAX})
    return draft.finish()
