"""What becomes of a round."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from assessments.choices import RoundState
from assessments.models import MomentTranslation, Round, RoundEvent
from assessments.rounds import archive_round, close_round, make_round, open_round, reopen_round
from assessments.tending import call_for_tending, tend_rounds
from journeys.models import Moment
from tests.assessments.rounds import TITLES, make_journey, make_open_round

pytestmark = pytest.mark.django_db


def test_opening_freezes_moments_so_that_later_edits_change_nothing(in_scope):
    round_ = make_open_round(in_scope)

    Moment.objects.update(title="Something else", seconds=99)

    assert list(round_.moments.values_list("position", "title", "seconds")) == [
        (position, title, 15) for position, title in enumerate(TITLES)
    ]


def test_opening_freezes_translations_and_what_customers_are_not_asked(in_scope):
    journey = make_journey(in_scope)
    first, second, _third = Moment.objects.order_by("position")
    MomentTranslation.objects.create(moment=first, language="de", title="Sucht einen Flug")
    MomentTranslation.objects.create(moment=first, language="fr", title="Cherche un vol")

    round_ = make_open_round(
        in_scope, journey=journey, languages=["en", "de"], audience="both", not_for_customers=[second.pk]
    )

    frozen = list(round_.moments.all())
    assert frozen[0].translations == {"de": {"title": "Sucht einen Flug"}}
    assert [moment.is_for_customers for moment in frozen] == [True, False, True]
    assert (frozen[0].title_in("de"), frozen[1].title_in("de")) == ("Sucht einen Flug", "Books")


def test_each_step_is_logged_and_counts_the_version(in_scope):
    round_ = make_open_round(in_scope)
    close_round(round_)
    archive_round(round_)

    round_ = reopen_round(round_, "Two branches were on holiday.", None)

    logged = RoundEvent.objects.order_by("id").values_list("kind", "reason")
    assert list(logged) == [
        ("opened", ""),
        ("closed", ""),
        ("archived", ""),
        ("reopened", "Two branches were on holiday."),
    ]
    assert (round_.state, round_.version) == (RoundState.OPEN, 5)


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (open_round, "This round has been opened already."),
        (archive_round, "Close the round first."),
        (lambda round_: reopen_round(round_, "Why not", None), "Only a closed round can be opened again."),
    ],
)
def test_open_round_refuses_steps_out_of_order(in_scope, step, said):
    round_ = make_open_round(in_scope)

    with pytest.raises(ValidationError) as refused:
        step(round_)

    assert refused.value.messages == [said]


def test_reopening_needs_a_reason(in_scope):
    round_ = close_round(make_open_round(in_scope))

    with pytest.raises(ValidationError) as refused:
        reopen_round(round_, "  ", None)

    assert refused.value.messages == ["Say why: everybody who sees the round's log will read it."]


def test_map_without_a_moment_can_not_be_asked_about(in_scope):
    round_ = make_round(make_journey(in_scope, ()), None, title="Autumn")

    with pytest.raises(ValidationError) as refused:
        open_round(round_)

    assert refused.value.messages == ["The map has no moment yet. Add some first, then open the round."]


def test_rounds_open_and_close_as_planned(in_scope):
    now = timezone.now()
    journey = make_journey(in_scope)
    due = make_round(journey, None, title="Due", opens_at=now - timedelta(hours=1), closes_at=now + timedelta(hours=1))
    later = make_round(journey, None, title="Later", opens_at=now + timedelta(hours=1))
    over = make_open_round(in_scope, title="Over")
    Round.objects.filter(pk=over.pk).update(closes_at=now - timedelta(seconds=1))

    called = call_for_tending()
    tend_rounds()

    assert called == 2
    assert {row.title: row.state for row in Round.objects.all()} == {"Due": "open", "Later": "draft", "Over": "closed"}
    assert call_for_tending() == 0
    assert later.opened_at is None
    assert due.pk
