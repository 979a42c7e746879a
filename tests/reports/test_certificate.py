"""A thank-you certificate: to whom, for what, by whom; a name only with consent."""

from __future__ import annotations

import io
from datetime import date

import pytest
from django.urls import reverse
from pypdf import PdfReader

from improvements.choices import StoryKind, StoryState
from improvements.stories.naming import withdraw_name
from jobs.problems import Refusal
from reports.models import StoryPaper
from reports.story_papers.asking import file_name, inputs_of_certificate, request_story_paper, retry_story_paper
from tests.improvements.tales import make_moments, make_story
from tests.reports.story_inputs import KEYS_BROUGHT, SAID, boxes_of, certificate_inputs, made


def lines_of(pdf: bytes) -> list[str]:
    (page,) = PdfReader(io.BytesIO(pdf)).pages
    return page.extract_text().splitlines()


def test_certificate_is_one_a5_lying_down_that_says_it_all_in_order():
    pdf = made(certificate_inputs())

    (page,) = PdfReader(io.BytesIO(pdf)).pages
    assert [round(float(side) / 72 * 25.4) for side in page.mediabox[2:]] == [210, 148]
    assert " ".join(" ".join(lines_of(pdf)).split()) == (
        f"Thank you Ines Moreno {KEYS_BROUGHT} Waits at the gate · A trip with us · March 2026 "
        "Maria Lopez Northern Air 1 Jul 2026"
    )


def test_certificate_speaks_its_language_and_arabic_from_the_right():
    german, arabic = made(certificate_inputs(language="de")), made(certificate_inputs(language="ar", to="إيناس"))

    assert lines_of(german)[0].startswith("Danke")
    assert "März 2026" in " ".join(lines_of(german))
    right = max(right for _left, _bottom, right, _top in boxes_of(arabic))
    assert right == pytest.approx((210 - 14) / 25.4 * 72, abs=3)
    assert boxes_of(arabic)[0][0] > 210 / 25.4 * 72 / 2


@pytest.mark.parametrize(
    "changes",
    [
        {"words": "Thank you.", "moment": "", "journey": "", "on": "", "signed_by": ""},
        {"words": "word " * 60, "to": "The whole gate team of the early shift, terminal two " * 2},
        {"words": "x" * 420, "to": "y" * 120, "signed_by": "z" * 120, "organisation": "w" * 200},
        {"words": "W" * 60 + " W" * 59, "moment": "m" * 200, "journey": "j" * 200},
    ],
)
def test_nothing_stands_outside_the_margins(changes):
    boxes = boxes_of(made(certificate_inputs(**changes)))

    margin = 14 / 25.4 * 72 - 3
    assert min(left for left, *_ in boxes) >= margin
    assert max(right for _, _, right, _ in boxes) <= 210 / 25.4 * 72 - margin
    assert min(bottom for _, bottom, *_ in boxes) >= margin
    tops = [(top, bottom) for _, bottom, _, top in boxes]
    assert all(top > bottom for top, bottom in tops)


def test_words_that_do_not_fit_are_refused_by_the_maker():
    with pytest.raises(Refusal, match="Shorten them"):
        made(certificate_inputs(words="word " * 900))


def test_same_inputs_give_the_same_bytes():
    assert made(certificate_inputs()) == made(certificate_inputs())


def test_name_that_was_taken_back_is_on_no_certificate_made_again(in_scope, manager):
    story = make_story(in_scope, KEYS_BROUGHT, who="Ines Moreno", team="Gate team", moment=make_moments(in_scope)[0])
    paper = request_story_paper(in_scope, manager, inputs_of_certificate(story, SAID))

    withdraw_name(story, drops_photo=False)
    again = retry_story_paper(paper, manager).inputs

    assert (again["to"], again["words"]) == ("Gate team", "[…] had the keys at his wife’s door within the hour.")
    assert "Ines" not in str(again)


def test_what_was_typed_stays_where_the_story_is_told_as_before(in_scope, manager):
    story = make_story(in_scope, KEYS_BROUGHT, team="Gate team")
    typed = {**SAID, "to": "Our night shift", "words": "For the keys."}
    paper = request_story_paper(in_scope, manager, inputs_of_certificate(story, typed))
    paper.refresh_from_db()

    assert retry_story_paper(paper, manager).inputs == paper.inputs


def address(name: str, *args: object) -> str:
    return reverse(name, args=["northern-air", *args])


def test_form_begins_with_the_story_and_makes_the_certificate(manager_client, manager, in_scope):
    story = make_story(in_scope, "word " * 80, who="Ines Moreno", happened_on=date(2026, 3, 4))

    form = manager_client.get(address("certificate_make", story.pk)).context["form"]
    answer = manager_client.post(address("certificate_make", story.pk), {"to": "Ines Moreno", "words": "For the keys."})

    assert (form.initial["to"], form.initial["signed_by"]) == ("Ines Moreno", str(manager))
    assert len(form.initial["words"].split()) <= 60
    paper = StoryPaper.objects.get()
    assert answer.url == address("story_paper_page", paper.pk)
    assert (paper.kind, paper.sheet_words, paper.inputs["on"]) == ("certificate", "A5 landscape", "2026-03-04")
    assert "Ines" not in paper.title + file_name(paper)


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"to": "Somebody Else", "words": "For the keys."}, ["agreed"]),
        ({"to": "Gate team", "words": "word " * 61}, ["words"]),
        ({"to": "", "words": ""}, ["to", "words"]),
        ({"to": "x" * 121, "words": "x" * 421, "agreed": "on"}, ["to", "words"]),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_nothing_is_lost(manager_client, in_scope, typed, wrong):
    story = make_story(in_scope, team="Gate team")

    answer = manager_client.post(address("certificate_make", story.pk), typed)

    assert (answer.status_code, sorted(answer.context["form"].errors)) == (422, wrong)
    assert typed["words"].strip() in answer.content.decode()
    assert not StoryPaper.objects.exists()


def test_somebody_else_is_thanked_once_they_agreed(manager_client, in_scope):
    story = make_story(in_scope, team="Gate team")

    manager_client.post(
        address("certificate_make", story.pk), {"to": "Somebody Else", "agreed": "on", "words": "For the keys."}
    )

    assert StoryPaper.objects.get().inputs["to"] == "Somebody Else"


@pytest.mark.parametrize("fields", [{"state": StoryState.WAITING}, {"kind": StoryKind.RECOVERY}])
def test_unread_stories_and_failures_thank_nobody(manager_client, in_scope, fields):
    story = make_story(in_scope, **fields)

    assert manager_client.get(address("certificate_make", story.pk)).status_code == 404


def test_story_page_leads_to_its_certificate(manager_client, in_scope):
    story = make_story(in_scope)

    page = manager_client.get(story.get_absolute_url()).content.decode()

    assert address("certificate_make", story.pk) in page
    assert address("story_wall_make") in manager_client.get(address("story_feed")).content.decode()
