"""What is made of a journey for others to look at."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from assessments.models import Round
from jobs.models import Job
from journeys.limits import TITLE_MAX
from journeys.models import Journey


class Size(models.TextChoices):
    """Paper."""

    A4 = "A4", _("A4")
    A3 = "A3", _("A3")
    A2 = "A2", _("A2")
    A1 = "A1", _("A1")
    A0 = "A0", _("A0")
    LETTER = "Letter", _("Letter")
    TABLOID = "Tabloid", _("Tabloid")


class Sheet(models.TextChoices):
    """What a poster is split on."""

    A4 = "A4", _("A4 sheets")
    A3 = "A3", _("A3 sheets")
    LETTER = "Letter", _("Letter sheets")


class Poster(Job):
    """A poster of one journey, frozen at one version."""

    task_name = "reports.tasks.make_poster"
    file_folder = "posters"
    file_suffix = ".pdf"
    steps: ClassVar[dict[str, Any]] = {
        "check": _("checking the text"),
        "curve": _("drawing the curve"),
        "page": _("setting the page"),
        "save": _("saving the file"),
    }

    journey = models.ForeignKey(Journey, on_delete=models.SET_NULL, null=True, related_name="posters")
    title = models.CharField(_("title"), max_length=TITLE_MAX, help_text="The journey's, when asked for.")
    journey_version = models.PositiveIntegerField()
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

    class Meta(Job.Meta):
        indexes = [*Job.Meta.indexes, models.Index(fields=["journey", "-created_at"], name="poster_of_journey")]

    def __str__(self) -> str:
        return f"{self.title}, {self.size}, version {self.journey_version}"

    def get_absolute_url(self) -> str:
        return reverse("poster_page", args=[self.organisation.slug, self.pk])

    @property
    def sheet_words(self) -> str:
        """Size and all that differs from colour on one sheet: A3 portrait, grey, on A4 sheets."""
        shape = _t("%(size)s portrait") if self.is_portrait else _t("%(size)s landscape")
        tiles = _t("on %(sheets)s") % {"sheets": self.get_tiles_display()} if self.tiles else ""
        return ", ".join(filter(None, (shape % {"size": self.size}, _t("grey") if self.is_grey else "", tiles)))

    @property
    def is_outdated(self) -> bool:
        """Whether the map has changed since."""
        return self.journey is not None and self.journey.version != self.journey_version


class PrintKind(models.TextChoices):
    """What is printed of a round."""

    FORM = "form", _("Paper form")
    FORM_FILLABLE = "form_fillable", _("Form to fill in on a screen")
    QR_POSTER = "qr_poster", _("QR poster")
    TABLE_CARD = "table_card", _("Table card")


FORMS = (PrintKind.FORM, PrintKind.FORM_FILLABLE)
PAPERS = {
    PrintKind.FORM: ("A4", "Letter"),
    PrintKind.FORM_FILLABLE: ("A4", "Letter"),
    PrintKind.QR_POSTER: ("A4", "A3"),
    PrintKind.TABLE_CARD: ("A6", "A4"),
}
"""The sheets that each comes on, portrait; an A4 holds four cards."""


class RoundPrint(Job):
    """A form, a QR poster or a card of one round. The inputs hold a link's nonce, never its words."""

    task_name = "reports.tasks.make_round_print"
    file_folder = "round-prints"
    file_suffix = ".pdf"
    steps: ClassVar[dict[str, Any]] = {"page": _("setting the page"), "save": _("saving the file")}

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="prints")
    title = models.CharField(_("title"), max_length=TITLE_MAX, help_text="The round's, when asked for.")
    kind = models.CharField(_("what"), max_length=20, choices=PrintKind.choices)
    paper = models.CharField(_("paper"), max_length=10)
    language = models.CharField(_("language"), max_length=10)

    class Meta(Job.Meta):
        indexes = [*Job.Meta.indexes, models.Index(fields=["round", "-created_at"], name="print_of_round")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.paper}: {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("round_print_page", args=[self.organisation.slug, self.pk])

    @property
    def sheet_words(self) -> str:
        """What it is printed on."""
        if self.kind == PrintKind.TABLE_CARD and self.paper == "A4":
            return _t("four cards on an A4, to be cut")
        return self.paper
