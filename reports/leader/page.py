"""The leader report as a document: its chapters, their order, and which of them a round has."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from assessments.blind_spot_sentence import blind_spot_sentence
from assessments.choices import RIGHT_TO_LEFT
from assessments.result_headline import result_assumptions
from assessments.result_words import view_name
from assessments.sentences import change_sentence
from journeys.figures import whole
from reports.charts.arabic import Label, lift_arabic
from reports.charts.ladder import MANY, ladder_pictures, pieces_of, width_of_picture
from reports.directions import with_directions
from reports.glossary import glossary
from reports.leader import tables
from reports.leader import words as written
from reports.leader.heat import heat_tables
from reports.leader.summary import say_day, say_days, summary_of
from reports.look import shown_look

TEXT_WIDTH = {"A4": 642.0, "Letter": 664.0}
"""Of a page between its margins of 20 mm, in pixels of 0.75 pt, rounded down."""
LOGO_MM = (50, 16)
"""The room of the logo on page one: width and height."""
Tell = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Chapter:
    """name: of its template and its place in the document; breaks: begins a page."""

    name: str
    title: str
    content: Any
    breaks: bool = False

    @property
    def template(self) -> str:
        return f"reports/leader/_{self.name}.html"


def leader_document(inputs: dict[str, Any], tell: Tell) -> tuple[str, dict[str, str]]:
    """HTML and its pictures, in the language in use. inputs: as frozen, made legible. tell: the step and percent."""
    tell("ladder", 8)
    names = {int(level): name for level, name in inputs["levels"].items()}
    drawn = ladder_pictures(inputs["figures"], names, TEXT_WIDTH[inputs["paper"]], inputs["language"])
    scale = TEXT_WIDTH[inputs["paper"]] / width_of_picture(inputs["figures"], TEXT_WIDTH[inputs["paper"]])
    lifted = {f"ladder-{number}.svg": lift_arabic(svg, scale) for number, svg in enumerate(drawn, start=1)}
    pictures = {name: svg for name, (svg, _labels) in lifted.items()}
    labels = {name: found for name, (_svg, found) in lifted.items()}
    tell("heat", 14)
    heat = heat_tables(inputs["figures"])
    tell("summary", 18)
    summary = summary_of(inputs["figures"])
    tell("chapters", 20)
    chapters = list(_chapters(inputs, labels, heat))
    html = render_to_string("reports/leader/report.html", _shell(inputs, summary, chapters))
    return with_directions(html), pictures


def _shell(inputs: dict[str, Any], summary: dict[str, Any], chapters: list[Chapter]) -> dict[str, Any]:
    return {
        "report": {
            **document_facts(inputs),
            "kind": _("Leader report"),
            "title": f"{summary['journey']}: {summary['round']}",
            "head": f"{summary['journey']} · {summary['round']}",
        },
        "summary": summary,
        "chapters": chapters,
    }


def document_facts(inputs: dict[str, Any]) -> dict[str, Any]:
    """What the shell of a report of any kind says."""
    before, of, after = (_("Page %(page)s of %(pages)s") % {"page": "\n", "pages": "\n"}).split("\n")
    return {
        "language": inputs["language"],
        "direction": "rtl" if inputs["language"] in RIGHT_TO_LEFT else "ltr",
        "sheet": "letter" if inputs["paper"] == "Letter" else "A4",
        "made_on": inputs["made_on"],
        "day": say_day(inputs["made_on"]),
        "organisation": inputs["organisation"],
        "page_words": (before, of, after),
        **shown_look(inputs, *LOGO_MM),
    }


def _chapters(
    inputs: dict[str, Any], pictures: dict[str, list[Label]], heat: dict[str, Any] | None
) -> Iterator[Chapter]:
    figures = inputs["figures"]
    ladder = {
        "pictures": _with_captions(pictures, figures),
        "views": figures["views"],
        "is_dense": len(figures["moments"]) > MANY,
        **tables.moments_table(figures),
    }
    yield Chapter("ladder", _("The ladder"), ladder, breaks=True)
    ranked = tables.ranking(figures)
    if ranked["rows"]:
        yield Chapter("ranking", _("Where it costs most"), ranked, breaks=True)
    yield Chapter("spots", _("Blind spots"), {"sentence": blind_spot_sentence(figures), **tables.spots(figures)})
    if heat:
        yield Chapter("heat", _("Group by group"), {**heat, "minimum": whole(figures["round"]["minimum_group"])})
    if changed := tables.changes(figures):
        yield Chapter("changes", _("Since last time"), {"sentence": change_sentence(figures), **changed})
    yield Chapter("plans", _("What we will do"), written.plans(figures, inputs["plans"]), breaks=True)
    if inputs["ideas"]["shown"]:
        yield Chapter("ideas", _("What people wrote"), written.ideas(figures, inputs["ideas"]))
    yield Chapter("method", _("Method and assumptions"), method_of(figures), breaks=True)
    yield Chapter("glossary", _("Glossary"), {"terms": glossary()})


def _with_captions(pictures: dict[str, list[Label]], figures: Any) -> list[dict[str, Any]]:
    """Each strip of the ladder with the moments that it shows."""
    found = []
    for (name, labels), piece in zip(pictures.items(), pieces_of(figures["moments"]), strict=True):
        words = {"first": whole(piece[0]["position"] + 1), "last": whole(piece[-1]["position"] + 1)}
        found.append({"name": name, "labels": labels, "words": words, "described": _described(piece, figures)})
    return found


def _described(piece: Any, figures: Any) -> str:
    """The picture in a line of text: each moment's number and means."""
    said = []
    for moment in piece:
        scores = [moment["views"].get(view) for view in figures["views"]]
        means = ", ".join(f"{score['mean']:.1f}" if score else "–" for score in scores)
        said.append(f"{moment['position'] + 1} {moment['title']}: {means}")
    return "; ".join(said)


def method_of(figures: Any) -> dict[str, Any]:
    """Who was asked and what the figures rest on."""
    about = figures["round"]
    return {
        "days": say_days(about),
        "views": [view_name(view) for view in figures["views"]],
        "minimum": whole(about["minimum_group"]),
        "is_anonymous": about["privacy"] == "anonymous",
        "customers": whole(about["customers_per_year"]) if about["customers_per_year"] else "",
        "assumptions": result_assumptions(figures),
    }
