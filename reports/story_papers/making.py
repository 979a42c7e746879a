"""How a worker makes a story wall or a certificate of frozen inputs."""

from __future__ import annotations

from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from jobs.child import Report
from jobs.problems import Refusal
from reports.look import logo_pictures
from reports.models import StoryPaperKind
from reports.posters.html import Titled
from reports.posters.page import Page
from reports.posters.rendering import write_pages
from reports.posters.words import spoken_language
from reports.story_papers.certificate import certificate_of, draw_certificate, lay_out_certificate
from reports.story_papers.photos import photos_in
from reports.story_papers.wall_content import wall_of
from reports.story_papers.wall_drawing import draw_wall
from reports.story_papers.wall_fit import sheet_of_wall
from reports.story_papers.wall_layout import lay_out_wall


def make_story_paper(inputs: dict[str, Any], report: Report) -> bytes:
    """The PDF, in the paper's language. Raises Refusal, with what is in the way, where it can't be made."""
    report("page", 10)
    with translation.override(spoken_language(inputs["language"])):
        page, content = _certificate(inputs) if inputs["kind"] == StoryPaperKind.CERTIFICATE else _wall(inputs)
        shown = {picture.name for picture in page.logos}
        pictures = {name: data for name, data in photos_in(inputs).items() if name in shown}
        pictures |= logo_pictures(inputs, is_grey=inputs["is_grey"])
        data = write_pages(
            [page], content, lambda percent, _step: report("page", percent), is_grey=inputs["is_grey"], logo=pictures
        )
    report("save", 95)
    return data


def _wall(inputs: dict[str, Any]) -> tuple[Page, Titled]:
    wall = wall_of(inputs)
    layout = lay_out_wall(wall, sheet_of_wall(inputs))
    if layout is None:
        raise Refusal(_("The stories do not fit on this sheet. Choose fewer of them, or a larger sheet."))
    return draw_wall(layout, wall), wall


def _certificate(inputs: dict[str, Any]) -> tuple[Page, Titled]:
    said = certificate_of(inputs)
    layout = lay_out_certificate(said)
    if not layout.fits:
        raise Refusal(_("The words do not fit on the certificate. Shorten them."))
    return draw_certificate(layout, said), said
