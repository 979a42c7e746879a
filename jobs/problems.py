"""Why a job may fail, and what its user can do about it."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class ErrorCode(TextChoices):
    """What ended an attempt."""

    MEMORY = "memory", _("Too much memory")
    TIME = "time", _("Too slow")
    SIZE = "size", _("File too large")
    CRASH = "crash", _("Crashed")
    LEASE = "lease", _("Interrupted too often")
    REFUSED = "refused", _("Does not fit")

    @property
    def advice(self) -> Promise:
        """What the user can change."""
        return ADVICE[self]


ADVICE = {
    ErrorCode.MEMORY: _(
        "This needed more memory than one file may use. Shorten the longest texts or split the journey in two, "
        "then try again."
    ),
    ErrorCode.TIME: _(
        "This took longer than one file may take. Use fewer moments or shorter texts, or split the journey in two, "
        "then try again."
    ),
    ErrorCode.SIZE: _("The file grew beyond 50 MB. Use fewer moments or shorter texts, then try again."),
    ErrorCode.CRASH: _(
        "Something went wrong on our side, three times in a row. Try again; where it fails once more, give the "
        "reference to whoever runs this service."
    ),
    ErrorCode.LEASE: _(
        "The work was interrupted ten times before it could end. Try again later; where it fails once more, give the "
        "reference to whoever runs this service."
    ),
    ErrorCode.REFUSED: _(
        "This does not fit on its paper. Use fewer moments, shorter texts or a larger size, then try again."
    ),
}


class Refusal(Exception):  # an answer, not an accident
    """Raised by a job's own work where trying again would change nothing. Its text is shown to the user."""
