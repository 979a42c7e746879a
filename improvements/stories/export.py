"""Published stories as a table. No cell can run as a formula: assessments.export_files guards each."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from assessments.export_tables import Cell, Table
from improvements.models import Story


def stories_table(stories: Iterable[Story]) -> Table:
    """One row a story, as given. Whoever took their name back is in none of its texts."""
    columns = [
        (_("Published"), _("Day.")),
        (_("Kind"), _("Moment of impact, or failure and recovery.")),
        (_("Journey"), _("Empty: none named.")),
        (_("Moment"), _("As it was called when the story was told.")),
        (_("Happened"), _("Day. Empty: not said.")),
        (_("What happened"), _("Of a recovery: what went wrong.")),
        (_("What we did within the hour"), _("Of a recovery.")),
        (_("Did the customer stay"), _("Of a recovery.")),
        (_("Who did it"), _("Only who agrees to be named.")),
        (_("Team"), _("As its teller says it.")),
        (_("What the customer said"), ""),
        (_("What it cost"), ""),
        (_("What it changed"), ""),
        (_("Featured"), _("Whether it stands for its journey.")),
        (_("Language"), _("Of its words.")),
    ]
    return Table("stories", _("Stories"), columns, [_row(story) for story in stories])


def _row(story: Story) -> list[Cell]:
    return [
        story.published_at.date().isoformat() if story.published_at else "",
        str(story.get_kind_display()),
        story.journey.title if story.journey else "",
        story.moment_title,
        story.happened_on.isoformat() if story.happened_on else "",
        story.what_happened,
        story.what_we_did,
        str(story.get_stayed_display()) if story.stayed else "",
        story.who,
        story.team,
        story.customer_said,
        story.cost,
        story.what_changed,
        _("yes") if story.featured_at else "",
        story.language,
    ]
