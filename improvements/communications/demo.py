"""The demo organisation's letters and messages, and what its customers and staff say of them.

Made up, and always the same: one that customers find far poorer than we think, one that nobody needs, one that few saw.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

from django.db import transaction

from accounts.models import Organisation
from assessments.choices import View
from assessments.privacy import DEFAULT_MINIMUM
from improvements.communications.asking import Said, hand_in
from improvements.communications.surveys import Rating, make_survey
from improvements.models import Communication, CommunicationKind, Per
from journeys.models import Journey

JOURNEY = "A trip with us"
CUSTOMERS_A_YEAR = 10_000_000
ANSWERS = {View.CUSTOMERS: 24, View.STAFF: 12}


@dataclass(frozen=True)
class Sent:
    """One communication. ours, staff, customers: relevance and level; never: of ten customers, who never saw it."""

    name: str
    kind: CommunicationKind
    sent_by: str
    purpose: str
    moment: str
    times: float
    ours: tuple[int, int] | None
    staff: tuple[int, int]
    customers: tuple[int, int]
    never: int = 0
    per: Per = Per.YEAR
    events: float | None = None
    share: float = 1.0


SENT = (
    Sent("Booking confirmation", CommunicationKind.EMAIL, "Web team", "Says when, where and with how many bags.",
         "Gets the confirmation", 1, (5, 4), (5, 4), (5, 4), per=Per.EVENT, events=1.4),
    Sent("Reminder to check in", CommunicationKind.APP, "Web team", "Opens the check-in a day before.",
         "Checks in", 1, (5, 4), (4, 4), (4, 4), 1, Per.EVENT, 1.4),
    Sent("Delay message", CommunicationKind.MESSAGE, "Operations", "Says how late it will be, and what that changes.",
         "Waits at the gate", 1, (5, 4), (4, 3), (5, 2), 2, Per.EVENT, 0.3),
    Sent("Survey e-mail after each flight", CommunicationKind.EMAIL, "Sales", "Asks for a mark from 0 to 10.",
         "Receives a survey e-mail", 1, (4, 3), (2, 2), (1, 2), 1, Per.EVENT, 1.4),
    Sent("Newsletter", CommunicationKind.EMAIL, "Marketing", "Offers for the next months.", "", 24, (3, 3), (2, 3),
         (2, 3), 3, share=0.4),
    Sent("Seat upgrade offer", CommunicationKind.EMAIL, "Sales", "Offers a better seat for a price.", "", 2, (4, 3),
         (2, 2), (2, 2), 1, share=0.5),
    Sent("Letter of terms and conditions", CommunicationKind.LETTER, "Legal", "Changed terms, on eleven pages.", "", 1,
         (2, 2), (1, 2), (1, 1), 6, share=0.2),
    Sent("Bag tracking", CommunicationKind.APP, "Ground staff", "Says where the bag is and on which belt it comes.",
         "Collects the bag", 2, None, (5, 5), (5, 5), 2, Per.EVENT, 0.8),
    Sent("Invoice", CommunicationKind.EMAIL, "Finance", "For travel expenses.", "", 1, (4, 3), (4, 3), (4, 3), 2,
         Per.EVENT, 0.6),
    Sent("Birthday card", CommunicationKind.LETTER, "Marketing", "A handwritten card to families who fly often.",
         "", 1, (2, 5), (3, 5), (3, 5), 5, share=0.01),
)  # fmt: skip


@transaction.atomic
def load_communications(organisation: Organisation) -> int:
    """The list, both links and what was said by them; says how many: none where there are some."""
    if Communication.objects.in_organisation(organisation).exists():
        return 0
    journey = Journey.objects.in_organisation(organisation).filter(title=JOURNEY).first()
    rows = Communication.objects.bulk_create(_row(organisation, journey, sent) for sent in SENT)
    for view, count in ANSWERS.items():
        survey = make_survey(organisation, view, DEFAULT_MINIMUM, None)
        for number in range(count):
            drawn = random.Random(f"{view} {number}")  # noqa: S311  # the same demo each time
            answers = {row.pk: _said(sent, view, drawn) for row, sent in zip(rows, SENT, strict=True)}
            hand_in(Rating(survey, f"demo {number}"), answers)
    return len(rows)


def _row(organisation: Organisation, journey: Journey | None, sent: Sent) -> Communication:
    relevance, level = sent.ours or (None, None)
    return Communication(
        organisation=organisation,
        journey=journey if sent.moment else None,
        moment=sent.moment,
        name=sent.name,
        kind=sent.kind,
        sent_by=sent.sent_by,
        times=sent.times,
        per=sent.per,
        events_per_year=sent.events,
        recipients=int(CUSTOMERS_A_YEAR * sent.share),
        purpose=sent.purpose,
        relevance=relevance,
        level=level,
    )


def _said(sent: Sent, view: View, drawn: random.Random) -> Said:
    """About what the view thinks, some more and some less."""
    if view == View.CUSTOMERS and drawn.random() < sent.never / 10:
        return Said(never_saw=True)
    relevance, level = sent.customers if view == View.CUSTOMERS else sent.staff
    around = drawn.choice((-1, 0, 0, 0, 1))
    return Said(False, min(5, max(1, relevance + around)), min(6, max(1, level + drawn.choice((-1, 0, 0, 1)))))
