"""Posters: the whole sequence on a wall, one team's part of it, or one moment on a card."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from assessments.models import Round
from journeys.limits import TITLE_MAX
from journeys.models import Journey
from reports.models.made import Made


class Size(models.TextChoices):
    """Paper."""

    A4 = "A4", _("A4")
    A3 = "A3", _("A3")
    A2 = "A2", _("A2")
    A1 = "A1", _("A1")
    A0 = "A0", _("A0")
    LETTER = "Letter", _("Letter")
    TABLOID = "Tabloid", _("Tabloid")
    A6 = "A6", _("A6")


class Sheet(models.TextChoices):
    """What a poster is split on."""

    A4 = "A4", _("A4 sheets")
    A3 = "A3", _("A3 sheets")
    LETTER = "Letter", _("Letter sheets")


class PosterKind(models.TextChoices):
    """What is shown of a journey."""

    WALL = "wall", _("Wall poster")
    TEAM = "team", _("Team sheet")
    CARD = "card", _("Pocket card")


class Poster(Made):
    """A poster of one journey, frozen at one version; with the results of a round or without."""

    task_name = "reports.tasks.make_poster"
    maker = "reports.posters.making.make"
    first_guess_seconds = 1.0
    file_folder = "posters"
    part = "poster"
    page_name = "poster_page"
    file_suffix = ".pdf"
    steps: ClassVar[dict[str, Any]] = {
        "check": _("checking the text"),
        "curve": _("drawing the curve"),
        "page": _("setting the page"),
        "save": _("saving the file"),
    }

    journey = models.ForeignKey(Journey, on_delete=models.SET_NULL, null=True, related_name="posters")
    journey_version = models.PositiveIntegerField()
    round = models.ForeignKey(Round, on_delete=models.SET_NULL, null=True, blank=True, related_name="posters")
    kind = models.CharField(
        _("what"), max_length=10, choices=PosterKind.choices, default=PosterKind.WALL, db_default=PosterKind.WALL
    )
    subject = models.CharField(
        max_length=TITLE_MAX, blank=True, default="", db_default="", help_text="The team, or the moment on the card."
    )
    language = models.CharField(_("language"), max_length=10, blank=True, default="", db_default="")
    size = models.CharField(_("size"), max_length=10, choices=Size.choices, default=Size.A3)
    is_portrait = models.BooleanField(_("portrait"), default=False, db_default=False)
    is_grey = models.BooleanField(_("in grey"), default=False, db_default=False)
    tiles = models.CharField(
        _("split on"),
        max_length=10,
        choices=Sheet.choices,
        blank=True,
        default="",
        db_default="",
        help_text="Empty: one sheet of its own size.",
    )

    class Meta(Made.Meta):
        indexes = [*Made.Meta.indexes, models.Index(fields=["journey", "-created_at"], name="poster_of_journey")]

    def __str__(self) -> str:
        return f"{self.title}, {self.size}, version {self.journey_version}"

    @classmethod
    def thumbnail_page(cls, inputs: dict[str, Any]) -> int | None:
        """Of a split poster the last sheet, which shows how the others come together."""
        return -1 if inputs.get("tiles") else 0

    @property
    def sheet_words(self) -> str:
        """Size and all that differs from colour on one sheet: A3 portrait, grey, on A4 sheets."""
        if self.kind == PosterKind.CARD:
            shape = _t("four cards on an A4, to be cut") if self.size == Size.A4 else _t("card, %(size)s")
            return ", ".join(filter(None, (shape % {"size": self.size}, _t("grey") if self.is_grey else "")))
        shape = _t("%(size)s portrait") if self.is_portrait else _t("%(size)s landscape")
        tiles = _t("on %(sheets)s") % {"sheets": self.get_tiles_display()} if self.tiles else ""
        return ", ".join(filter(None, (shape % {"size": self.size}, _t("grey") if self.is_grey else "", tiles)))

    @property
    def is_outdated(self) -> bool:
        """Whether the map has changed since."""
        return self.journey is not None and self.journey.version != self.journey_version
