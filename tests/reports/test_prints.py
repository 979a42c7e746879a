"""Asking for forms, QR posters and cards of a round, and the pages on the way to the file."""

from __future__ import annotations

import json
import re

import pytest
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from accounts.access import Role
from assessments.choices import Audience
from assessments.models import OpenLink
from assessments.rounds import close_round, make_round
from assessments.tokens import code_of, token_of
from jobs.models import State
from jobs.work import work_on
from reports.models import RoundPrint
from reports.print_making import make_print
from tests.assessments.rounds import link_for, make_journey, make_open_round


@pytest.fixture
def round_(organisation):
    with scope(organisation=organisation):
        return make_open_round(organisation, ["Gate team", "Night shift"], languages=["en", "de"])


@pytest.fixture
def link(round_) -> OpenLink:
    with scope(organisation=round_.organisation):
        return link_for(round_, "Gate team")


def address(name: str, *args: object) -> str:
    return reverse(name, args=["northern-air", *args])


def only_print() -> RoundPrint:
    return RoundPrint.objects.select_related("organisation", "round").get()


def test_form_is_asked_for_with_one_click(manager_client, round_, organisation):
    answer = manager_client.post(address("paper_make", round_.pk), {"kind": "form"})

    with scope(organisation=organisation):
        made = only_print()
    assert answer.url == address("round_print_page", made.pk)
    assert (made.kind, made.paper, made.language, made.state) == ("form", "A4", "en", "queued")
    assert (made.inputs["group"], made.inputs["groups"]) == ("", ["Gate team", "Night shift"])


def test_sign_of_a_group_carries_its_link_but_not_in_the_row(manager_client, round_, link, organisation):
    manager_client.post(address("paper_make", round_.pk), {"kind": "qr_poster", "paper": "A3", "link": link.pk})

    with scope(organisation=organisation):
        row = json.dumps(list(RoundPrint.objects.values()), default=str)
    assert link.nonce in row
    assert token_of(link.nonce) not in row
    assert code_of(link.nonce) not in row


def test_asking_twice_gives_one_print(manager_client, round_, organisation):
    first, second = [manager_client.post(address("paper_make", round_.pk), {"kind": "form"}) for _ in range(2)]

    assert first.url == second.url


@pytest.mark.parametrize(
    ("said", "complaint"),
    [
        ({"kind": "qr_poster"}, "Choose whom it leads to"),
        ({"kind": "qr_poster", "paper": "Letter", "link": "LINK"}, "Choose one of these: A4, A3."),
        ({"kind": "form", "language": "ar"}, "Select a valid choice"),
        ({"kind": "form", "link": "999999"}, "Select a valid choice"),
        ({}, "This field is required"),
    ],
)
def test_what_can_not_be_printed_is_said_beside_the_field(manager_client, round_, link, said, complaint):
    said = {name: link.pk if value == "LINK" else value for name, value in said.items()}

    answer = manager_client.post(address("paper_make", round_.pk), said)

    assert answer.status_code == 422
    assert complaint in answer.content.decode()


HTMX = {"HX-Request": "true"}


def offered(answer) -> list[str]:
    """Sheets that the field of a page or of its part offers."""
    field = answer.content.decode().partition('<div id="print-paper"')[2].partition("</select>")[0]
    return re.findall(r'<option value="(\w+)"', field)


def test_form_offers_the_sheets_of_what_is_chosen(manager_client, round_):
    make = address("paper_make", round_.pk)

    page, asked, changed = (
        manager_client.get(make, {"kind": kind}, headers=headers)
        for kind, headers in (("", {}), ("qr_poster", {}), ("table_card", HTMX))
    )
    refused = manager_client.post(make, {"kind": "qr_poster", "paper": "Letter"})

    assert [offered(answer) for answer in (page, asked, changed, refused)] == [
        ["A4", "Letter"],
        ["A4", "A3"],
        ["A6", "A4"],
        ["A4", "A3"],
    ]
    assert ["hx-swap-oob" in answer.content.decode() for answer in (page, asked, changed)] == [False, False, True]
    assert "Four cards on an A4, to be cut" in changed.content.decode()


def test_choice_that_fits_the_next_kind_stays(manager_client, round_):
    changed = manager_client.get(address("paper_make", round_.pk), {"kind": "qr_poster", "paper": "A3"}, headers=HTMX)

    assert '<option value="A3" selected>' in changed.content.decode()


def test_page_of_a_closed_round_says_why_nothing_is_printed(manager_client, organisation):
    with scope(organisation=organisation):
        closed = close_round(make_open_round(organisation))
        draft = make_round(make_journey(organisation), None, title="Draft")

    pages = [manager_client.get(address("paper_make", one.pk)).content.decode() for one in (closed, draft)]

    assert ["This round is closed: nobody could answer." in page for page in pages] == [True, False]
    assert ["Open it first." in page for page in pages] == [False, True]
    assert ["Make the PDF" in page for page in pages] == [False, True]


def test_draft_has_no_form_yet_and_closed_round_none_any_more(manager_client, organisation):
    with scope(organisation=organisation):
        draft = make_round(make_journey(organisation), None, title="Draft")
        closed = close_round(make_open_round(organisation))

    answers = [manager_client.post(address("paper_make", one.pk), {"kind": "form"}) for one in (draft, closed)]

    assert [answer.status_code for answer in answers] == [422, 422]
    assert "Open it first." in answers[0].content.decode()
    assert "This round is closed" in answers[1].content.decode()


def test_link_of_another_round_is_no_choice(manager_client, round_, organisation):
    with scope(organisation=organisation):
        other = link_for(make_open_round(organisation))

    answer = manager_client.post(address("paper_make", round_.pk), {"kind": "qr_poster", "link": other.pk})

    assert answer.status_code == 422


def test_revoked_link_is_no_choice(manager_client, round_, link, organisation):
    with scope(organisation=organisation):
        OpenLink.objects.filter(pk=link.pk).update(revoked_at=timezone.now())

    answer = manager_client.post(address("paper_make", round_.pk), {"kind": "qr_poster", "link": link.pk})

    assert answer.status_code == 422


def test_customers_are_asked_no_more_than_a_level_and_an_idea(manager_client, organisation):
    with scope(organisation=organisation):
        round_ = make_open_round(organisation, audience=Audience.CUSTOMERS)
        round_.moments.filter(position=1).update(is_for_customers=False)

    manager_client.post(address("paper_make", round_.pk), {"kind": "form"})

    with scope(organisation=organisation):
        inputs = only_print().inputs
    assert inputs["asks"] == {"times": False, "seconds": False, "decision": False, "idea": True}
    assert [moment["number"] for moment in inputs["moments"]] == [1, 3]


@pytest.mark.parametrize("kind", ["form", "form_fillable", "qr_poster", "table_card"])
def test_worker_makes_the_file_and_the_page_offers_it(manager_client, round_, link, organisation, kind):
    manager_client.post(address("paper_make", round_.pk), {"kind": kind, "link": link.pk})
    with scope(organisation=organisation):
        made = only_print()

    work_on(RoundPrint, made.pk, make_print)

    page = manager_client.get(address("round_print_page", made.pk)).content.decode()
    file = manager_client.get(address("round_print_file", made.pk))
    assert "The file is ready" in page
    assert b"".join(file.streaming_content).startswith(b"%PDF-")
    assert file["Content-Disposition"].startswith('attachment; filename="Autumn-Gate-team-')
    assert file["Cache-Control"] == "private, no-cache"


def test_progress_is_silent_while_nothing_changes(manager_client, round_, organisation):
    manager_client.post(address("paper_make", round_.pk), {"kind": "form"})
    with scope(organisation=organisation):
        made = only_print()
    fragment = manager_client.get(address("round_print_progress", made.pk), headers={"HX-Request": "true"})
    seen = fragment.content.decode().partition("?seen=")[2].partition('"')[0]

    again = manager_client.get(
        address("round_print_progress", made.pk) + f"?seen={seen}", headers={"HX-Request": "true"}
    )

    assert "Next in the queue" in fragment.content.decode()
    assert again.status_code == 204


def test_print_can_be_stopped_and_made_again(manager_client, round_, organisation):
    manager_client.post(address("paper_make", round_.pk), {"kind": "form"})
    with scope(organisation=organisation):
        made = only_print()

    manager_client.post(address("round_print_cancel", made.pk))
    again = manager_client.post(address("round_print_retry", made.pk))

    with scope(organisation=organisation):
        rows = {row.pk: row.state for row in RoundPrint.objects.all()}
    assert rows.pop(made.pk) == State.CANCELLED
    assert list(rows.values()) == [State.QUEUED]
    assert again.url == address("round_print_page", next(iter(rows)))


def test_leaders_print_no_links(client_of, make_member, round_, organisation):
    leader = client_of(make_member(organisation, Role.LEADER))

    answer = leader.post(address("paper_make", round_.pk), {"kind": "form"})

    assert answer.status_code == 403
