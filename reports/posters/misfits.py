"""Names what does not fit a sheet at the smallest type that may be read there, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.posters.card import PITCH as CARD_PITCH
from reports.posters.card import CardLayout
from reports.posters.layout import Layout
from reports.posters.row import ColumnText
from reports.posters.voices import height_of_voices
from reports.sizes import Size
from reports.typesetting import Wrapped

TITLE_LINES, WHAT_MORE_LINES, NAME_LINES = (
    4,
    2,
    4,
)  # what a moment may always have before the number of moments is to blame
Misfit = tuple[str, str]  # field, text


def misfits_of(layout: Layout, larger: Size | None) -> list[Misfit]:
    """Every text of a layout at its floor that is too wide or too long; empty where the layout fits.

    larger: the next sheet on which it all fits, if there is one.
    """
    if layout.fits:
        return []
    wide = list(_wide(layout))
    found = wide if layout.spare >= 0 else wide + _long(layout)
    found = found or [("moments", _too_many(layout))]
    return [(field, f"{said} {_advice(field, larger)}") for field, said in found]


def misfits_of_card(layout: CardLayout) -> list[Misfit]:
    """Every text of a card that is too wide or too long; empty where the card fits. No other size helps."""
    if layout.fits:
        return []
    texts = _texts_of_card(layout)
    wide = [(field, called, wrapped.too_wide[0]) for field, called, wrapped in texts if wrapped.too_wide]
    if wide:
        said = _("In %(field)s the word “%(word)s” is wider than the card at a readable size. Shorten it.")
        return [(field, said % {"field": called, "word": word[:40]}) for field, called, word in wide]
    over = ceil(-layout.spare / (layout.body * CARD_PITCH))
    field, called, wrapped = max(texts[:3], key=lambda text: len(text[2].lines))
    said = ngettext(
        "The card is %(over)d line too long at a readable size. Shorten %(field)s, which takes %(count)d.",
        "The card is %(over)d lines too long at a readable size. Shorten %(field)s, which takes %(count)d.",
        over,
    )
    return [(field, said % {"over": over, "field": called, "count": len(wrapped.lines)})]


def _texts_of_card(layout: CardLayout) -> list[tuple[str, str, Wrapped]]:
    """What may be too long or too wide: field, how a reader calls it, lines."""
    names = [("levels", _("the name of level %(level)s") % {"level": row.level}, row.name) for row in layout.levels]
    return [
        ("title", _("the moment’s title"), layout.title),
        ("what_more", _("“What more we will do”"), layout.more),
        ("pledge", _("the pledge"), layout.pledge),
        ("stage", _("the name of the stage"), layout.stage),
        *names,
        ("organisation", _("the names at the foot"), layout.foot),
    ]


def _advice(field: str, larger: Size | None) -> str:
    """A larger sheet, where it helps."""
    if field == "moments":
        return _("Choose %(size)s.") % {"size": larger.label} if larger else _("Split the journey.")
    return _("Shorten it, or choose %(size)s.") % {"size": larger.label} if larger else _("Shorten it.")


def _wide(layout: Layout) -> Iterator[Misfit]:
    parts: list[tuple[str, str, Wrapped]] = [
        ("organisation", _("the organisation's name"), layout.footer.organisation),
        ("journey", _("the journey's title"), layout.footer.journey),
        ("address", _("the address of the map"), layout.footer.address),
        ("headline", _("the headline"), layout.header.caption),
    ]
    for voice in layout.voices:
        called = _("the moment of impact") if voice.field == "impact" else _("the pledge")
        parts += [(voice.field, called, voice.words), (voice.field, called, voice.who)]
    for column in layout.said.columns if layout.said else ():
        parts += [("said_done", _("“You said, we did”"), lines) for lines, _face, _style in column.parts]
    for row in layout.rows:
        for first, _count, title in row.stages:
            parts.append(("stage", _named(_("the stage “%(name)s”"), row.columns[first].column.stage_title), title))
        for text in row.columns:
            if moment := text.column.moment:
                parts.append(("title", _named(_("the title of “%(name)s”"), moment.title), text.title))
                called = _named(_("“What more we will do” of “%(name)s”"), moment.title)
                parts.append(("what_more", called, text.what_more))
    for field, called, wrapped in parts:
        for word in wrapped.too_wide[:1]:
            said = _("In %(field)s the word “%(word)s” is wider than its column on %(size)s at a readable size.")
            said %= {"field": called, "word": word[:40], "size": layout.size.label}
            yield field, said


def _named(template: str, title: str) -> str:
    return template % {"name": title if len(title) <= 40 else f"{title[:39]}…"}


def _long(layout: Layout) -> list[Misfit]:
    """The texts to shorten so that all rows together fit; or that there are too many moments for them."""
    names = list(_long_names(layout)) or list(_long_said(layout)) or list(_long_voices(layout))
    if names:
        return names
    longest = max(len(text.title.lines) for text in _texts(layout))
    granted = min(WHAT_MORE_LINES, max(row.what_more_lines for row in layout.rows))
    for titles in (longest, TITLE_LINES):
        lines = _lines_that_fit(layout, titles)
        if lines >= granted:
            found = [*_long_titles(layout, titles), *_long_what_more(layout, lines)]
            return found or [("moments", _too_many(layout))]
    return [("moments", _too_many(layout))]


def _long_names(layout: Layout) -> Iterator[Misfit]:
    """Names of stages, journey and organisation that take more room than a name may."""
    footer = layout.footer
    parts = [("organisation", _("The organisation's name"), footer.organisation)]
    parts.append(("journey", _("The journey's title"), footer.journey))
    for row in layout.rows:
        for first, _count, title in row.stages:
            parts.append(("stage", _named(_("The stage “%(name)s”"), row.columns[first].column.stage_title), title))
    for field, called, wrapped in parts:
        if len(wrapped.lines) > NAME_LINES:
            yield field, _too_long(called, wrapped, NAME_LINES, layout)


def _long_voices(layout: Layout) -> Iterator[Misfit]:
    """The story and the pledge, where the poster would fit without them."""
    if layout.voices and layout.spare + height_of_voices(layout.voices) >= 0:
        longest = max(layout.voices, key=lambda voice: voice.height)
        called = _("The moment of impact") if longest.field == "impact" else _("The pledge")
        said = _("%(field)s takes %(count)d lines, more than %(size)s has room for below the moments.")
        yield longest.field, said % {"field": called, "count": len(longest.words.lines), "size": layout.size.label}


def _long_said(layout: Layout) -> Iterator[Misfit]:
    """The strip of what was said and done, where the poster would fit without it."""
    if layout.said and layout.spare + layout.said.height >= 0:
        said = _(
            "“You said, we did” has no room on %(size)s below the moments. Leave it out, or shorten what it tells."
        )
        yield "said_done", said % {"size": layout.size.label}


def _too_many(layout: Layout) -> str:
    count = sum(len(row.columns) for row in layout.rows)
    said = _("%(count)d moments in %(rows)d rows do not fit on %(size)s at a readable size.")
    return said % {"count": count, "rows": len(layout.rows), "size": layout.size.label}


def _lines_that_fit(layout: Layout, titles: int) -> int:
    """Most lines of "what more we will do" a moment may have where no title has more than `titles` lines."""
    longest = max(row.what_more_lines for row in layout.rows)
    saved = sum(
        max(0, max(len(text.title.lines) for text in row.columns) - titles) * row.type.title * 1.2
        for row in layout.rows
    )
    for lines in range(longest, -1, -1):
        cut = sum(max(0, row.what_more_lines - lines) * row.type.pitch for row in layout.rows)
        if layout.spare + saved + cut >= 0:
            return lines
    return -1


def _long_titles(layout: Layout, most: int) -> Iterator[Misfit]:
    for text in _texts(layout):
        if (moment := text.column.moment) and len(text.title.lines) > most:
            yield "title", _too_long(_named(_("The title of “%(name)s”"), moment.title), text.title, most, layout)


def _long_what_more(layout: Layout, most: int) -> Iterator[Misfit]:
    for text in _texts(layout):
        if (moment := text.column.moment) and len(text.what_more.lines) > most:
            called = _named(_("“What more we will do” of “%(name)s”"), moment.title)
            yield "what_more", _too_long(called, text.what_more, most, layout)


def _texts(layout: Layout) -> Iterator[ColumnText]:
    for row in layout.rows:
        yield from row.columns


def _too_long(called: str, wrapped: Wrapped, most: int, layout: Layout) -> str:
    count, over = len(wrapped.lines), sum(len(line) + 1 for line in wrapped.lines[most:])
    said = _("%(field)s takes %(count)d lines on %(size)s, and %(most)d fit: about %(over)d characters too many.")
    return said % {"field": called, "count": count, "size": layout.size.label, "most": most, "over": over}
