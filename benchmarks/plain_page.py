"""A poster's content as a plain grid page for a browser: the same words, icons, circles and curve in the same fonts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from journeys.choices import Level
from journeys.curve import smooth_path
from journeys.icons import icon_shapes
from reports.posters.content import PosterContent, PosterMoment, content_of
from reports.posters.footer import small_print
from reports.posters.rows import Column, columns_of, split_rows, stages_of_row
from reports.sizes import COLUMNS_MAX, sheet_of

COLUMN, BAND = 100, 10  # of a ladder, in its own units
STYLE = """
@page { size: %(width)smm %(height)smm; margin: %(margin)smm }
body { margin: 0; font: %(body)spt/1.3 Inter; color: var(--ink) }
h1, h2, h3, p { margin: 0 }
h1 { font: 800 %(headline)spt/1 Archivo }
h2 { font: 700 1.3em Archivo }
h3 { font-size: 1.1em }
header, footer { display: grid; grid-template-columns: 2fr 1fr 1fr 1fr; gap: 1em }
.row { display: grid; grid-template-columns: 9em repeat(12, 1fr); column-gap: .9em }
.labels { grid-column: 1 }
.ladder { grid-column: 2 / -1; text-anchor: middle; dominant-baseline: central }
.icon { width: 2em; height: 2em; fill: none; stroke: currentColor; stroke-width: 1.7 }
.badge { border-radius: .3em; padding: 0 .5em; color: white; background: var(--orange) }
"""


def page_address() -> str:
    """Where the page has to be opened, so that it finds the house's fonts."""
    return (static_folder() / "css" / "tokens.css").as_uri()


def static_folder() -> Path:
    return Path(settings.BASE_DIR) / "static"


def plain_page(inputs: dict[str, Any]) -> SafeString:
    """The page of a poster's inputs, whose moments all carry a level."""
    size = sheet_of(inputs)
    with translation.override(inputs["language"]):
        content = content_of(inputs)
        rows = format_html_join("", "{}", ((_row(columns),) for columns in split_rows(columns_of(content))))
        body = format_html("{}{}{}", _header(content), rows, _footer(content))
    sheet = {"width": size.width_mm, "height": size.height_mm, "margin": size.margin_mm}
    style = STYLE % {**sheet, "body": size.floor_pt, "headline": size.headline_pt / 2}
    house = [(static_folder() / "css" / name).read_text() for name in ("tokens.css", "fonts.css")]
    page = '<!doctype html><html lang="{}"><title>{}</title><style>{}</style>{}</html>'
    return format_html(page, content.language, content.journey, mark_safe("".join([*house, style])), body)


def _header(content: PosterContent) -> SafeString:
    figures = format_html_join("", "<div><h2>{}</h2><p>{}</p></div>", ((f, words) for f, words, _ in content.figures))
    left = (content.headline, content.headline_caption, content.sentence)
    page = "<header><div><h1>{}</h1><h2>{}</h2><p>{}</p></div>{}<p><b>{}</b> {}</p></header>"
    return format_html(page, *left, figures, *content.remark)


def _footer(content: PosterContent) -> SafeString:
    page = "<footer><div><h2>{}</h2><p>{}</p></div><p>{}</p><p>{}, version {}</p></footer>"
    return format_html(page, content.organisation, content.journey, small_print(content), content.day, content.version)


def _row(columns: Sequence[Column]) -> SafeString:
    stages = format_html_join(
        "",
        '<h2 style="grid-column:{} / span {}">{}</h2>',
        ((first + 2, count, column.stage_title) for first, count, column in stages_of_row(columns)),
    )
    names = ((level, level.label) for level in sorted(Level, reverse=True))
    levels = format_html_join("", "<p><b>{}</b> {}</p>", names)
    labels = format_html_join("", "<p>{}</p>", [["Volume, time"], ["Decision"], ["What more we will do"]])
    moments = [column.moment for column in columns if column.moment]
    cells = format_html_join("", "{}", ((_cell(moment),) for moment in moments))
    page = '<div class="row">{}<div class="labels">{}</div>{}<div class="labels">{}</div>{}</div>'
    return format_html(page, stages, levels, _ladder(moments), labels, cells)


def _cell(moment: PosterMoment) -> SafeString:
    icon = format_html('<svg class="icon" viewBox="0 0 24 24">{}</svg>', mark_safe(icon_shapes(moment.icon)))
    words = (moment.title, moment.volume, moment.duration, moment.decision_name, moment.what_more)
    page = '<div>{}<h3>{}</h3><p><b>{} · {}</b></p><p><b class="badge">{}</b></p><p>{}</p></div>'
    return format_html(page, icon, *words)


def _ladder(moments: Sequence[PosterMoment]) -> SafeString:
    """Bands, curve and circles of a row."""
    height = {level: BAND * (len(Level) - level) for level in Level}
    band = '<rect y="{}" width="{}" height="{}" fill="var(--band-{})"/>'
    bands = ((height[level], COLUMN * COLUMNS_MAX, BAND, level) for level in Level)
    points = [((i + 0.5) * COLUMN, height[Level(moment.level or 1)] + BAND / 2) for i, moment in enumerate(moments)]
    spot = (
        '<circle cx="{0}" cy="{1}" r="6" fill="var(--level-{2})" stroke="currentColor"/>'
        '<text x="{0}" y="{1}" font-size="8">{2}</text>'
    )
    spots = ((*point, moment.level) for point, moment in zip(points, moments, strict=True))
    page = (
        '<svg class="ladder" viewBox="0 0 {} {}">{}'
        '<path d="{}" fill="none" stroke="currentColor" stroke-width="2"/>{}</svg>'
    )
    drawn = (format_html_join("", band, bands), smooth_path(points), format_html_join("", spot, spots))
    return format_html(page, COLUMN * COLUMNS_MAX, BAND * len(Level), *drawn)
