"""Comments and ideas: who may read what, in which order, and names taken out of them."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.access import Role
from assessments.models import Batch, Idea, ResultSheet, Round, RoundEvent, RoundGroup
from assessments.redacting import redact_text, split_words
from tests.assessments.rounds import make_open_round
from tests.assessments.sheets import figures, ideas

pytestmark = pytest.mark.django_db


def make_read_round(organisation: Any, **fields: Any) -> Round:
    """A round with a sheet that lets staff's ideas be read, with the Gate team's under its name."""
    round_ = make_open_round(organisation, groups=["Gate team", "Web team"], audience="both")
    gate, web = round_.groups.all()
    batch = Batch.objects.create(round=round_, view="staff", number=1)
    sheet = figures(
        groups=[{"id": gate.pk, "name": gate.name}, {"id": web.pk, "name": web.name}],
        ideas={"staff": ideas({batch.pk: [gate.pk]}), "customers": ideas()},
    )
    ResultSheet.objects.create(round=round_, figures={**sheet, **fields})
    return round_


def write(round_: Round, text: str, place: int = 0, view: str = "staff", group: str = "", **fields: Any) -> Idea:
    batch, _ = Batch.objects.get_or_create(round=round_, view=view, number=1)
    group_row = RoundGroup.objects.get(round=round_, name=group) if group else None
    moment = round_.moments.get(position=place)
    values = {"round": round_, "moment": moment, "view": view, "group": group_row, "batch": batch, **fields}
    return Idea.objects.create(text=text, **values)


def page_of(round_: Round, **query: Any) -> str:
    return reverse("round_ideas", args=[round_.organisation.slug, round_.pk], query=query)


def redact_page(idea: Idea) -> str:
    return reverse("idea_redact", args=[idea.round.organisation.slug, idea.pk])


def texts(response: Any) -> list[str]:
    return [read.idea.text for _, ideas in response.context["moments"] for read in ideas]


def test_ideas_stand_by_moment_in_the_order_of_their_random_ids(in_scope, manager_client):
    round_ = make_read_round(in_scope)
    written = [write(round_, f"Idea {number}", place=number % 2) for number in range(8)]

    response = manager_client.get(page_of(round_))

    by_id = sorted(written, key=lambda idea: idea.pk.hex)
    assert texts(response) == [idea.text for place in (0, 1) for idea in by_id if idea.moment.position == place]


def test_ideas_not_released_or_of_a_view_with_too_few_answers_are_never_shown(in_scope, manager_client):
    round_ = make_read_round(in_scope)
    write(round_, "Seen")
    write(round_, "Too early", batch=None)
    write(round_, "Of few", view="customers")
    write(round_, "Of a small batch", batch=Batch.objects.create(round=round_, view="staff", number=2))

    response = manager_client.get(page_of(round_))

    assert texts(response) == ["Seen"]
    assert "Customers' are not shown: that takes 10 answers." in response.content.decode()


def test_groups_are_named_only_where_the_sheet_lists_them(in_scope, manager_client):
    round_ = make_read_round(in_scope)
    write(round_, "Seats", group="Gate team")
    write(round_, "Colours", group="Web team")

    html = manager_client.get(page_of(round_)).content.decode()

    assert "Gate team" in html
    assert "Web team" not in html


def test_round_without_readable_ideas_says_when_there_will_be_some(in_scope, manager_client):
    round_ = make_read_round(in_scope, ideas={"staff": ideas(), "customers": ideas()})
    write(round_, "Secret")

    html = manager_client.get(page_of(round_)).content.decode()

    assert "Secret" not in html
    assert "once 10 people of one view have answered" in html


@pytest.mark.parametrize(
    ("words", "found"),
    [("SMILE", ["More smiles"]), ("ärger", ["Ärger am Gate"]), ("more seats", ["Seats, more of them"]), ("nobody", [])],
)
def test_search_finds_all_words_in_capitals_or_not(in_scope, manager_client, words, found):
    round_ = make_read_round(in_scope)
    for text in ("More smiles", "Ärger am Gate", "Seats, more of them"):
        write(round_, text)

    response = manager_client.get(page_of(round_, q=words), headers={"HX-Request": "true"})

    assert texts(response) == found
    assert "<html" not in response.content.decode()


def test_hostile_searches_and_pages_are_answered(in_scope, manager_client):
    round_ = make_read_round(in_scope)
    write(round_, "<script>alert(1)</script>")

    for query in ({"q": "\0"}, {"q": "%"}, {"q": "x" * 5000}, {"page": "-1"}, {"page": "x"}, {"q": "'\"<"}):
        assert manager_client.get(page_of(round_, **query)).status_code == 200
    assert "<script>alert" not in manager_client.get(page_of(round_)).content.decode()


def test_ideas_take_as_many_queries_for_one_as_for_fifty(in_scope, manager_client, django_assert_num_queries):
    round_ = make_read_round(in_scope)
    for number in range(60):
        write(round_, f"Idea {number}", place=number % 3, group="Gate team")
    manager_client.get(page_of(round_))

    with django_assert_num_queries(8):
        response = manager_client.get(page_of(round_))

    assert len(texts(response)) == 50
    assert "page 1 of 2" in response.content.decode()


def test_redacting_shows_what_is_left_then_overwrites_and_logs_without_the_words(in_scope, manager_client):
    idea = write(make_read_round(in_scope), "Ask Anna why ANNA is late. Annual rest.")

    preview = manager_client.post(redact_page(idea), {"words": "anna"})
    unchanged = Idea.objects.get(pk=idea.pk).text
    done = manager_client.post(redact_page(idea), {"words": "anna", "sure": "yes", "submission": "a"})

    assert "Ask […] why […] is late. Annual rest." in preview.content.decode()
    assert unchanged == idea.text
    assert done.url == page_of(idea.round)
    now = Idea.objects.get(pk=idea.pk)
    assert (now.text, now.is_redacted) == ("Ask […] why […] is late. Annual rest.", True)
    event = RoundEvent.objects.filter(kind=RoundEvent.Kind.REDACTED).get()
    assert (event.reason, event.actor_name) == ("Searches a fare", "Manager")


def test_redacting_twice_with_one_form_logs_once(in_scope, manager_client):
    idea = write(make_read_round(in_scope), "Ask Anna")
    form = {"words": "Anna", "sure": "yes", "submission": "a"}

    answers = [manager_client.post(redact_page(idea), form).status_code for _ in range(3)]

    assert answers == [302, 302, 302]
    assert RoundEvent.objects.filter(kind=RoundEvent.Kind.REDACTED).count() == 1


@pytest.mark.parametrize("words", ["", " , \n", "Bob", "\0", "x" * 501, ", ".join(map(str, range(21)))])
def test_redacting_nothing_is_refused_beside_the_field(in_scope, manager_client, words):
    idea = write(make_read_round(in_scope), "Ask Anna")

    response = manager_client.post(redact_page(idea), {"words": words, "sure": "yes"})

    assert response.status_code == 422
    assert response.context["form"].errors["words"]
    assert Idea.objects.get(pk=idea.pk).text == "Ask Anna"


def test_idea_that_may_not_be_read_can_not_be_opened_to_redact(in_scope, manager_client):
    round_ = make_read_round(in_scope)
    hidden = [write(round_, "Of few", view="customers"), write(round_, "Too early", batch=None)]

    assert [manager_client.get(redact_page(idea)).status_code for idea in hidden] == [404, 404]


def test_leader_reads_but_is_not_offered_to_redact(in_scope, client_of, make_member):
    idea = write(make_read_round(in_scope), "Ask Anna")
    leader = client_of(make_member(in_scope, Role.LEADER))

    html = leader.get(page_of(idea.round)).content.decode()

    assert "Ask Anna" in html
    assert "Take a name out" not in html


@pytest.mark.parametrize(
    ("text", "words", "left"),
    [
        ("Anna Berg and Anna", "Anna, Anna Berg", "[…] and […]"),
        ("Anna\nBerg", "anna berg", "[…]"),
        ("田中さんに聞く", "田中", "[…]さんに聞く"),
        ("Ren\u0065\u0301 knows", "ren\u00e9", "[…] knows"),
        ("a.c abc", "a.c", "[…] abc"),
        ("[…] Bob", "Bob", "[…] […]"),
    ],
)
def test_words_are_taken_out_as_they_stand(text, words, left):
    assert redact_text(text, split_words(words)) == left


def test_at_most_twenty_words_are_taken_out_at_once():
    with pytest.raises(ValidationError):
        split_words(", ".join(map(str, range(21))))
