"""Rating what is sent: which communications one person is asked about, and the hand-in that adds up what was said.

An answer is no row: it adds one to the waiting counts of its question. Once those are as many as the minimum group,
they come out together, so what differs between two looks at the page is nobody or at least that many people.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_scopes import scopes_disabled

from accounts.models import Organisation
from assessments.privacy import may_release
from improvements.communications.limits import ASKED_MAX, HAND_INS_KEPT_DAYS
from improvements.communications.surveys import Rating
from improvements.models import Asked, Communication, CommunicationHandIn, CommunicationSurvey, CommunicationTally

WIDTHS = {Asked.SEEN: 2, Asked.RELEVANCE: 5, Asked.LEVEL: 6}
NEVER = "never"
FIELD = re.compile(r"(relevance|level)-(\d{1,18})", re.ASCII)


class NotTaken(Exception):
    """The link ended meanwhile; nothing was counted."""


@dataclass(frozen=True, slots=True)
class Said:
    """What one person says of one communication. relevance: 1 to 5; level: 1 to 6; 0 for what was left empty."""

    never_saw: bool = False
    relevance: int = 0
    level: int = 0

    def places(self) -> Iterator[tuple[Asked, int]]:
        """The counts that grow by one: question and place. Who never saw it has no opinion of it."""
        if self.never_saw:
            yield Asked.SEEN, 0
            return
        if self.relevance or self.level:
            yield Asked.SEEN, 1
        if self.relevance:
            yield Asked.RELEVANCE, self.relevance - 1
        if self.level:
            yield Asked.LEVEL, self.level - 1


def relevance_words(*, is_for_staff: bool) -> list[tuple[str, str]]:
    """The answers on relevance, in the language at hand."""
    never = _("I do not know it") if is_for_staff else _("I never saw it")
    steps = [_("Not at all"), _("A little"), _("Somewhat"), _("Quite"), _("Very")]
    return [*((str(step), words) for step, words in enumerate(steps, 1)), (NEVER, never)]


def asked_of(organisation: Organisation, device_hmac: str) -> list[Communication]:
    """At most twenty, in an order of this device's own, so that all are asked about as often; two queries."""
    rows = Communication.objects.in_organisation(organisation).filter(removed_at=None)
    known = list(rows.order_by("pk").values_list("pk", flat=True))
    drawn = random.Random(device_hmac).sample(known, min(ASKED_MAX, len(known)))  # noqa: S311  # an order, no secret
    found = rows.defer("example").in_bulk(drawn)
    return [found[pk] for pk in drawn if pk in found]


def read_answers(posted: Mapping[str, str]) -> dict[int, Said]:
    """By id, what was ticked of at most twenty; what no page of ours sends counts as left empty."""
    ticked: dict[int, dict[str, str]] = {}
    for name, value in posted.items():
        if found := FIELD.fullmatch(name):
            ticked.setdefault(int(found[2]), {})[found[1]] = value
    said = {pk: _said(fields) for pk, fields in ticked.items()}
    return dict([(pk, each) for pk, each in said.items() if each != Said()][:ASKED_MAX])


def _said(fields: Mapping[str, str]) -> Said:
    relevance = fields.get("relevance", "")
    if relevance == NEVER:
        return Said(never_saw=True)
    return Said(False, _step(relevance, "12345"), _step(fields.get("level", ""), "123456"))


def _step(text: str, steps: str) -> int:
    return int(text) if len(text) == 1 and text in steps else 0


def has_handed_in(rating: Rating) -> bool:
    return bool(CommunicationHandIn.objects.filter(survey=rating.survey, device_hmac=rating.device_hmac).exists())


@transaction.atomic
def hand_in(rating: Rating, answers: Mapping[int, Said]) -> bool:
    """Count what one device says. False: it had been handed in before. Raises NotTaken where the link has ended."""
    survey = CommunicationSurvey.objects.select_for_update().get(pk=rating.survey.pk)
    if survey.revoked_at or survey.nonce != rating.survey.nonce:
        raise NotTaken
    if has_handed_in(rating):
        return False
    CommunicationHandIn.objects.create(survey=survey, device_hmac=rating.device_hmac)
    survey.hand_in_count += 1
    survey.save(update_fields=["hand_in_count"])
    rows = Communication.objects.in_organisation(survey.organisation).filter(pk__in=answers, removed_at=None)
    known = set(rows.values_list("pk", flat=True))
    _add(survey, [(pk, *place) for pk, said in answers.items() if pk in known for place in said.places()])
    return True


def _add(survey: CommunicationSurvey, places: Sequence[tuple[int, Asked, int]]) -> None:
    """One more at each place; what is enough for a batch comes out. Whoever adds holds the survey's row."""
    tallies = _tallies(survey, {pk for pk, _asked, _place in places})
    for pk, asked, place in places:
        width = WIDTHS[asked]
        fresh = CommunicationTally(
            survey=survey, communication_id=pk, asked=asked, waiting=[0] * width, counts=[0] * width
        )
        tally = tallies.setdefault((pk, asked), fresh)
        tally.waiting[place] += 1
        release(tally, survey.minimum_group)
    changed = [tallies[pk, asked] for pk, asked, _place in places]
    CommunicationTally.objects.bulk_create([tally for tally in changed if tally.pk is None])
    CommunicationTally.objects.bulk_update([tally for tally in changed if tally.pk], ["waiting", "counts"])


def _tallies(survey: CommunicationSurvey, communications: Iterable[int]) -> dict[tuple[int, str], CommunicationTally]:
    rows = CommunicationTally.objects.filter(survey=survey, communication__in=communications)
    return {(row.communication_id, row.asked): row for row in rows}


def release(tally: CommunicationTally, minimum: int) -> None:
    """What waits comes out once it is a batch; not saved."""
    if may_release(sum(tally.waiting), minimum):
        tally.counts = [out + new for out, new in zip(tally.counts, tally.waiting, strict=True)]
        tally.waiting = [0] * len(tally.waiting)


def forget_answers(row: Communication) -> bool:
    """Begin anew with one that has become another: what was said of it goes. False: nothing was said."""
    return bool(CommunicationTally.objects.filter(communication=row).delete()[0])


def forget_hand_ins() -> int:
    """Delete the notes of devices whose passes have run out long ago; says how many."""
    with scopes_disabled():
        before = timezone.localdate() - timedelta(days=HAND_INS_KEPT_DAYS)
        return int(CommunicationHandIn.objects.filter(handed_in_on__lt=before).delete()[0])
