"""Answers under way and handed in: once, and without a trace of who or when."""

from __future__ import annotations

import pytest

from assessments.answers import NOT_SEEN, Answer
from assessments.choices import Audience, Source, View
from assessments.handing_in import NotTaken, draft_of, hand_in, keep_answers
from assessments.links import Refusal, Way, find_by_pass, find_link, make_pass
from assessments.models import Draft, Idea, OpenLink, Rating, Recipient, Response
from assessments.rounds import close_round
from assessments.tokens import code_of, hmac_of, token_of
from tests.assessments.rounds import link_for, make_open_round

pytestmark = pytest.mark.django_db


def way_of(link: OpenLink, device: str = "a phone") -> Way:
    return Way(link, None, device)


def test_response_has_the_ratings_that_the_draft_had(in_scope):
    way = way_of(link_for(make_open_round(in_scope)))
    draft = draft_of(way)
    keep_answers(draft, {0: Answer(5, times_per_week=40, seconds=15, decision="keep")})
    keep_answers(draft, {1: Answer(NOT_SEEN, times_per_week=3), 2: Answer(2, idea="Speak every 15 minutes.")})

    is_new = hand_in(way, draft)

    said = Rating.objects.order_by("moment__position").values_list("level", "times_per_week", "seconds", "decision")
    assert is_new
    assert list(said) == [(5, 40.0, 15.0, "keep"), (None, None, None, ""), (2, None, None, "")]
    assert Idea.objects.get().text == "Speak every 15 minutes."
    assert Response.objects.get().source == Source.LINK


def test_handing_in_twice_makes_one_response(in_scope):
    way = way_of(link_for(make_open_round(in_scope)))
    keep_answers(draft_of(way), {0: Answer(5)})

    first, second = hand_in(way, draft_of(way)), hand_in(way, draft_of(way))

    assert (first, second, Response.objects.count()) == (True, False, 1)
    assert OpenLink.objects.get().response_count == 1


def test_what_another_tab_said_meanwhile_is_handed_in_too(in_scope):
    way = way_of(link_for(make_open_round(in_scope)))
    keep_answers(draft_of(way), {0: Answer(5)})
    seen_before = draft_of(way)
    keep_answers(draft_of(way), {0: Answer(2), 1: Answer(4)})

    is_new = hand_in(way, seen_before)

    levels = Rating.objects.order_by("moment__position").values_list("level", flat=True)
    assert (is_new, list(levels), OpenLink.objects.get().response_count) == (True, [2, 4], 1)


def test_draft_keeps_no_answer_once_it_is_handed_in(in_scope):
    way = way_of(link_for(make_open_round(in_scope)))
    keep_answers(draft_of(way), {0: Answer(5)})

    hand_in(way, draft_of(way))

    assert Draft.objects.get().answers == {}
    assert not keep_answers(draft_of(way), {0: Answer(1)})


def test_closed_round_takes_nothing_and_the_draft_keeps_its_answers(in_scope):
    round_ = make_open_round(in_scope)
    way = way_of(link_for(round_))
    keep_answers(draft_of(way), {0: Answer(5)})
    close_round(round_)

    with pytest.raises(NotTaken) as refused:
        hand_in(way, draft_of(way))

    assert refused.value.refusal is Refusal.CLOSED
    assert (Response.objects.count(), draft_of(way).answers) == (0, {"0": {"level": 5}})


def test_full_link_takes_nothing_more(in_scope):
    round_ = make_open_round(in_scope)
    OpenLink.objects.update(cap=1)
    for device in ("first", "second"):
        keep_answers(draft_of(way_of(link_for(round_), device)), {0: Answer(5)})
    hand_in(way_of(link_for(round_), "first"), draft_of(way_of(link_for(round_), "first")))

    with pytest.raises(NotTaken) as refused:
        hand_in(way_of(link_for(round_), "second"), draft_of(way_of(link_for(round_), "second")))

    assert (refused.value.refusal, Response.objects.count()) == (Refusal.FULL, 1)


def test_invitation_is_used_once_and_knows_no_more(in_scope):
    round_ = make_open_round(in_scope)
    recipient = Recipient.objects.create(round=round_, view=View.STAFF, email="a@example.org", token_hmac="x")
    for device in ("phone", "laptop"):
        keep_answers(draft_of(Way(None, recipient, device)), {0: Answer(4)})
    hand_in(Way(None, recipient, "phone"), draft_of(Way(None, recipient, "phone")))

    with pytest.raises(NotTaken) as refused:
        hand_in(Way(None, recipient, "laptop"), draft_of(Way(None, recipient, "laptop")))

    recipient.refresh_from_db()
    assert (refused.value.refusal, recipient.has_answered) == (Refusal.ANSWERED, True)
    assert list(Response.objects.values_list("recipient", flat=True)) == [None]


def test_link_is_found_by_its_token_and_by_its_code_however_typed(in_scope):
    link = link_for(make_open_round(in_scope))
    code = code_of(link.nonce)

    found = [find_link(words) for words in (token_of(link.nonce), code, f" {code.upper().replace('-', ' ')} ")]

    assert found == [link, link, link]
    assert find_link("k7m2-9xqt-4b3d") is None


def test_no_word_of_a_link_is_stored(in_scope):
    link = link_for(make_open_round(in_scope))

    stored = OpenLink.objects.values_list().get()

    assert token_of(link.nonce) not in map(str, stored)
    assert code_of(link.nonce) not in map(str, stored)
    assert hmac_of(token_of(link.nonce)) in stored


def test_pass_leads_back_to_the_same_way_and_no_other(in_scope):
    link = link_for(make_open_round(in_scope))
    signed = make_pass(link)

    way = find_by_pass(signed)

    assert way is not None
    assert (way.link, way.recipient, len(way.device)) == (link, None, 22)
    assert find_by_pass(signed[:-1] + ("a" if signed[-1] != "a" else "b")) is None


def test_customers_answer_only_what_they_are_asked(in_scope):
    round_ = make_open_round(in_scope, audience=Audience.CUSTOMERS)
    round_.moments.filter(position=1).update(is_for_customers=False)
    way = way_of(link_for(round_, view=View.CUSTOMERS))
    keep_answers(draft_of(way), {0: Answer(5), 1: Answer(1), 2: Answer(6)})

    hand_in(way, draft_of(way))

    assert sorted(Rating.objects.values_list("moment__position", "level")) == [(0, 5), (2, 6)]
