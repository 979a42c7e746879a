"""Mermaid's `journey` diagrams, read.

    journey
      title My working day
      section Go to work
        Make tea: 5: Me
        Do work: 1: Me, Cat

`read_mermaid` gives what Mermaid itself would draw; `parse_mermaid` makes a journey of it:
- a section is a stage, a task a moment, its people are who serves in front;
- Mermaid's scores 1 to 5 are our levels 1 to 5. The sixth, never forgotten, is more than a glad face says, so no score
  means it; any other score leaves the level open and is named in a Finding;
- Mermaid knows neither volume nor time: every moment keeps the plan's usual ones, unless our own remarks under it say
  more (mermaid_details). What is drawn holds where somebody changed it since.
"""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext as _

from journeys.formats.draft import JourneyDraft, refuse_length
from journeys.formats.findings import Finding, Findings
from journeys.formats.mermaid_details import Details
from journeys.formats.mermaid_names import draw_name, plain_name
from journeys.formats.mermaid_text import MermaidJourney, MermaidTask, read_statements
from journeys.limits import TITLE_MAX
from journeys.plan import JourneyPlan, MomentPlan

SCORES: dict[int | None, int] = {1: 1, 2: 2, 3: 3, 4: 4, 5: 5, 6: 5, None: 3}
SCORE_LEVELS = {1.0: 1, 2.0: 2, 3.0: 3, 4.0: 4, 5.0: 5}


def read_mermaid(text: str) -> MermaidJourney:
    """The diagram as it stands: title, sections and tasks with their scores and people."""
    return read_statements(text, Findings())


def parse_mermaid(text: str) -> tuple[JourneyPlan, list[Finding]]:
    """The journey that a Mermaid text draws and what there is to say about its lines. Never raises."""
    if refused := refuse_length(text):
        return refused
    draft = JourneyDraft()
    diagram = read_statements(text, draft.findings)
    if not diagram.is_headed:
        draft.findings.add_error(1, _("Only Mermaid's journey diagrams can be read. Begin with the word journey."))
    _take_title(diagram, draft)
    for place, element in enumerate(diagram.elements, start=1):
        details = diagram.details.get(place, Details())
        if isinstance(element, MermaidTask):
            draft.add_moment(element.line, _moment(element, details, draft.findings))
        else:
            draft.open_stage(element.line, details.name(element.title) or _("Untitled stage"))
    if not draft.moments_count:
        draft.findings.add_doubt(1, _("There is no task in this diagram yet. Write one as: Make tea: 5: Me"))
    return draft.finish()


def _take_title(diagram: MermaidJourney, draft: JourneyDraft) -> None:
    details = diagram.details.get(0, Details())
    title = diagram.title or diagram.front_matter_title or diagram.acc_title
    draft.title = draft.fit(diagram.title_line, details.name(title), TITLE_MAX)
    details.fill_header(draft)
    if not draft.title:
        draft.findings.add_doubt(1, _("The diagram has no title. Write one: title A trip with us"))
    if diagram.acc_description:
        message = _("The description is left out: a journey has no place for it.")
        draft.findings.add_doubt(diagram.description_line, message)


def _moment(task: MermaidTask, details: Details, findings: Findings) -> MomentPlan:
    title = details.name(task.name)
    if not title:
        findings.add_error(task.line, _("This task has no name. Write it before the colon."))
    drawn_level = _level(task, findings)
    known = details.moment(findings)
    moment = known or MomentPlan("")
    return replace(
        moment,
        title=title or _("Untitled moment"),
        serves_in_front=_people(task, moment),
        what_more="\n".join(filter(None, (moment.what_more, task.score_text if task.score is None else ""))),
        level=moment.level if known and task.score == SCORES[moment.level] else drawn_level,
    )


def _level(task: MermaidTask, findings: Findings) -> int | None:
    level = SCORE_LEVELS.get(task.score) if task.score is not None else None
    if level is None:
        message = _("“%(score)s” is not a score from 1 to 5, so the level is left open.")
        findings.add_doubt(task.line, message % {"score": task.score_text[:30]})
    return level


def _people(task: MermaidTask, known: MomentPlan) -> str:
    """Who serves in front: the remark's word as long as it draws the same people."""
    drawn = split_people(",".join(task.people))
    return known.serves_in_front if split_people(draw_name(known.serves_in_front)) == drawn else drawn


def split_people(raw: str) -> str:
    """The people of a task, as one text: Me,Cat is "Me, Cat"."""
    return ", ".join(plain_name(person) for person in raw.split(",") if person.strip())
