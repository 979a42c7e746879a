"""Answers from a file in the browser: file, columns, scale, last look."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from accounts.access import Role
from assessments.models import AnswerUpload, Rating, Response, Round
from assessments.rounds import close_round
from assessments.tending import call_for_tending, tend_rounds
from assessments.uploads import forget_old_uploads
from jobs.sweeper import sweep
from tests.assessments.rounds import make_journey, make_open_round

TABLE = "fare searched,Books,Gate waits,Team\n5,4,0,Gate\n3,?!,2,Night\n"


@pytest.fixture
def journey(organisation) -> Any:
    with scope(organisation=organisation):
        return make_journey(organisation)


@pytest.fixture
def address(journey) -> str:
    return reverse("answers_import", args=["northern-air", journey.pk])


def send(client: Any, address: str, text: str | bytes = TABLE, **said: str) -> Any:
    content = text.encode() if isinstance(text, str) else text
    file = SimpleUploadedFile("Survey 2015.csv", content)
    return client.post(address, {"file": file, "view": "customers", "day": "2015-08-31", **said})


def upload_of(organisation: Any) -> AnswerUpload:
    with scope(organisation=organisation):
        return AnswerUpload.objects.get()


def moments_of(journey: Any) -> list[int]:
    return [moment.pk for stage in journey.stages.all() for moment in stage.moments.all()]


def go_to_check(client: Any, address: str, organisation: Any, journey: Any, text: str = TABLE, **said: str) -> Any:
    send(client, address, text, **said)
    upload = upload_of(organisation)
    with scope(organisation=organisation):
        first, second, third = moments_of(journey)
    uses = {"c0": f"level:{first}", "c1": f"level:{second}", "c2": f"level:{third}", "c3": "group"}
    client.post(address, {"upload": upload.pk, "step": "columns", **uses})
    page = client.get(f"{address}?upload={upload.pk}&step=scale").content.decode()
    fields = re.findall(r'<label for="id_(v\d+)">([^<]*)</label>', page)
    levels = {name: {"0": "none", "?!": "none"}.get(value, value) for name, value in fields}
    client.post(address, {"upload": upload.pk, "step": "scale", **levels})
    return upload


def test_file_goes_through_columns_and_scale_into_a_closed_round(manager_client, address, journey, organisation):
    upload = go_to_check(manager_client, address, organisation, journey)
    look = manager_client.get(f"{address}?upload={upload.pk}&step=check").content.decode()
    with scope(organisation=organisation):
        assert not Response.objects.exists()

    answer = manager_client.post(address, {"upload": upload.pk, "step": "check", "submission": "a"})
    again = manager_client.post(address, {"upload": upload.pk, "step": "check", "submission": "a"})

    with scope(organisation=organisation):
        round_ = Round.objects.get()
        said = sorted(Rating.objects.exclude(level=None).values_list("moment__position", "level"))
        groups = sorted(Response.objects.values_list("group__name", flat=True))
        assert not AnswerUpload.objects.exists()
    assert answer.url == again.url == round_.get_absolute_url()
    assert (round_.title, round_.state, round_.closed_at.date().isoformat()) == ("Survey 2015", "closed", "2015-08-31")
    assert (said, groups) == ([(0, 3), (0, 5), (1, 4), (2, 2)], ["Gate", "Night"])
    assert "2 rows become 2 responses." in look
    assert "Stands for no level: 2" in look
    assert dict(round_.source_scale[0]["levels"])["0"] is None


def test_columns_are_guessed_and_shown_with_examples(manager_client, address, journey, organisation):
    answer = send(manager_client, address, "Searches a fare,books (1-5),Team,Note\n5,4,Gate,<b>hi</b>\n")

    page = manager_client.get(answer.url).content.decode()

    with scope(organisation=organisation):
        first, second, _third = moments_of(journey)
    chosen = re.findall(r'<option value="([^"]*)" selected>', page)
    assert chosen == [f"level:{first}", f"level:{second}", "group", ""]
    assert "&lt;b&gt;hi&lt;/b&gt;" in page


def test_value_that_nobody_knows_has_to_be_said(manager_client, address, journey, organisation):
    send(manager_client, address, "Books\n5\nso lala\n")
    upload = upload_of(organisation)

    page = manager_client.post(address, {"upload": upload.pk, "step": "scale", "v0": "5", "v1": ""})

    assert page.status_code == 422
    assert "Say what this value means." in page.content.decode()
    assert manager_client.get(f"{address}?upload={upload.pk}&step=check").url.endswith("step=scale")


def test_other_scale_is_proposed_when_asked_for(manager_client, address, organisation):
    send(manager_client, address, "Books\n0\n5\n7\n")
    upload = upload_of(organisation)

    pages = [
        manager_client.get(f"{address}?upload={upload.pk}&step=scale&scale={scale}").content.decode()
        for scale in ("", "0-10")
    ]

    chosen = [re.findall(r'<option value="([^"]*)" selected>', page.partition("import-table")[2]) for page in pages]
    assert chosen == [["none", "4", "6"], ["1", "2", "3"]]


def test_numbers_of_our_own_form_are_levels_whichever_occur(manager_client, address, organisation):
    send(manager_client, address, "m1_level,m2_level\n1,3\n4,0\n")

    page = manager_client.get(f"{address}?upload={upload_of(organisation).pk}&step=scale").content.decode()

    chosen = re.findall(r'<option value="([^"]*)" selected>', page.partition("import-table")[2])
    assert chosen == ["none", "1", "3", "4"]
    assert "As it looks: 1 to 6" in page


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", "The submitted file is empty."),
        (b"Books\n", "Under the headings stands no row."),
        (b'Books\n"5', "A quotation mark in line 2 is not closed"),
        (b"\xff\x81\x00\x02\x03" * 50, "This file is not a text."),
        (b"PK\x03\x04 no workbook", "This workbook can&#x27;t be read."),
        (b"Books\n" + b"5\n" * 20_001, "This table has more than 20000 rows."),
        (b"a," * 200 + b"b\n1\n", "This table has more than 200 columns."),
    ],
)
def test_file_that_can_not_be_read_says_why(manager_client, address, organisation, content, complaint):
    answer = send(manager_client, address, content)

    assert answer.status_code == 422
    assert complaint in answer.content.decode()
    with scope(organisation=organisation):
        assert not AnswerUpload.objects.exists()


@pytest.mark.parametrize(
    ("uses", "complaint"),
    [
        ({}, "Say of at least one column which moment’s level it holds."),
        ({"c0": "FIRST", "c1": "FIRST"}, "is used for this already."),
        ({"c0": "level:999999999"}, "Select a valid choice."),
        ({"c0": "level:TEXTS"}, "Select a valid choice."),
    ],
)
def test_columns_that_can_not_be_say_why(manager_client, address, journey, organisation, uses, complaint):
    send(manager_client, address)
    with scope(organisation=organisation):
        first = f"level:{moments_of(journey)[0]}"
    uses = {name: first if use == "FIRST" else use for name, use in uses.items()}

    answer = manager_client.post(address, {"upload": upload_of(organisation).pk, "step": "columns", **uses})

    assert answer.status_code == 422
    assert complaint in answer.content.decode()


def test_column_of_texts_is_no_scale(manager_client, address, journey, organisation):
    send(manager_client, address, "Books,Remark\n" + "".join(f"5,word {n}\n" for n in range(300)))
    with scope(organisation=organisation):
        _first, second, third = moments_of(journey)
    said = {"upload": upload_of(organisation).pk, "step": "columns", "c0": f"level:{second}", "c1": f"level:{third}"}

    answer = manager_client.post(address, said)

    assert answer.status_code == 422
    assert "“Remark” holds too many different values" in answer.content.decode()


def test_answers_are_added_to_an_open_round(manager_client, address, journey, organisation):
    with scope(organisation=organisation):
        round_ = make_open_round(organisation, ["Gate"], journey)

    upload = go_to_check(manager_client, address, organisation, journey, view="staff", round=str(round_.pk))
    manager_client.post(address, {"upload": upload.pk, "step": "check"})

    with scope(organisation=organisation):
        round_.refresh_from_db()
        assert (round_.state, Response.objects.filter(round=round_, view="staff").count()) == ("open", 2)


def test_round_that_was_closed_meanwhile_takes_nothing(manager_client, address, journey, organisation):
    with scope(organisation=organisation):
        round_ = make_open_round(organisation, [], journey)
    upload = go_to_check(manager_client, address, organisation, journey, view="staff", round=str(round_.pk))
    with scope(organisation=organisation):
        close_round(round_)

    answer = manager_client.post(address, {"upload": upload.pk, "step": "check"})

    with scope(organisation=organisation):
        assert not Response.objects.exists()
    assert answer.status_code == 422
    assert "has been closed meanwhile" in answer.content.decode()


def test_round_that_asks_others_is_no_target(manager_client, address, journey, organisation):
    with scope(organisation=organisation):
        round_ = make_open_round(organisation, [], journey)

    answer = send(manager_client, address, view="customers", round=str(round_.pk))

    assert "This round does not ask them." in answer.content.decode()


def test_large_file_is_taken_over_by_a_worker(manager_client, address, journey, organisation, monkeypatch):
    monkeypatch.setattr("assessments.uploads.AT_ONCE_MAX", 1)
    upload = go_to_check(manager_client, address, organisation, journey)
    manager_client.post(address, {"upload": upload.pk, "step": "check"})
    with scope(organisation=organisation):
        assert (Round.objects.get().state, Response.objects.count()) == ("open", 0)
    assert call_for_tending() == 1

    tend_rounds()
    tend_rounds()

    with scope(organisation=organisation):
        assert (Round.objects.get().state, Response.objects.count()) == ("closed", 2)
        assert not AnswerUpload.objects.exists()


def test_large_file_that_comes_too_late_is_told_in_the_rounds_log(
    manager_client, address, journey, organisation, monkeypatch
):
    monkeypatch.setattr("assessments.uploads.AT_ONCE_MAX", 1)
    with scope(organisation=organisation):
        round_ = make_open_round(organisation, [], journey)
    upload = go_to_check(manager_client, address, organisation, journey, view="staff", round=str(round_.pk))
    manager_client.post(address, {"upload": upload.pk, "step": "check"})
    with scope(organisation=organisation):
        close_round(round_)

    tend_rounds()

    page = manager_client.get(reverse("round_page", args=["northern-air", round_.pk])).content.decode()
    assert "the round was closed before. Open it again, then import the file once more." in page
    with scope(organisation=organisation):
        assert (Response.objects.count(), AnswerUpload.objects.count()) == (0, 0)


def test_upload_is_its_makers_own_and_goes_after_a_day(manager_client, client_of, make_member, address, organisation):
    send(manager_client, address)
    upload = upload_of(organisation)
    other = client_of(make_member(organisation, Role.OWNER))

    answer = other.get(f"{address}?upload={upload.pk}")

    assert answer.status_code == 404
    with scope(organisation=organisation):
        assert forget_old_uploads() == 0
        AnswerUpload.objects.update(made_at=timezone.now() - timedelta(hours=25))
    sweep()
    with scope(organisation=organisation):
        assert not AnswerUpload.objects.exists()


def test_second_file_takes_the_place_of_the_first(manager_client, address, organisation):
    send(manager_client, address)
    send(manager_client, address, "Books\n3\n")

    with scope(organisation=organisation):
        assert AnswerUpload.objects.count() == 1


@pytest.mark.parametrize("asked", ["x", "-1", "9" * 40, "٣"])
def test_upload_that_there_is_not_answers_404(manager_client, address, asked):
    assert manager_client.get(address, {"upload": asked}).status_code == 404
