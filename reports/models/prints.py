"""What is printed of a round: forms to answer on, posters and cards that lead to it."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from assessments.models import Round
from reports.models.made import Made


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


class RoundPrint(Made):
    """A form, a QR poster or a card of one round. The inputs hold a link's nonce, never its words."""

    task_name = "reports.tasks.make_round_print"
    maker = "reports.print_making.make_print"
    first_guess_seconds = 1.0
    file_folder = "round-prints"
    part = "print"
    page_name = "round_print_page"
    journey_path = "round__journey"
    file_suffix = ".pdf"
    steps: ClassVar[dict[str, Any]] = {"page": _("setting the page"), "save": _("saving the file")}

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="prints")
    kind = models.CharField(_("what"), max_length=20, choices=PrintKind.choices)
    paper = models.CharField(_("paper"), max_length=10)
    language = models.CharField(_("language"), max_length=10)

    class Meta(Made.Meta):
        indexes = [*Made.Meta.indexes, models.Index(fields=["round", "-created_at"], name="print_of_round")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.paper}: {self.title}"

    @property
    def sheet_words(self) -> str:
        """What it is printed on."""
        if self.kind == PrintKind.TABLE_CARD and self.paper == "A4":
            return _t("four cards on an A4, to be cut")
        return self.paper
