"""Pages of contact logs: sent, columns confirmed, names said, figures shown and taken over, taken out again."""

from __future__ import annotations

import csv
import io
import itertools
import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.access import Role
from jobs.models import State
from journeys.models import ContactCell, ContactImport, ContactUpload, Journey, LogShape, Moment, NameRule
from journeys.plan import JourneyPlan, MomentPlan, StagePlan
from journeys.sequence import create_journey
from tests.journeys.contact_imports import asked_for, imported, sent, work
from tests.journeys.contact_logs import HEADER, HOSTILE, HOSTILE_ABSENT, a_log

ROWS = (
    "anna,2024-02-01 10:00:00,2024-02-01 10:01:00,Dials,Phone",
    "bert,2024-02-02 11:00:00,2024-02-02 11:03:00,Dials,Phone",
    "anna,2024-02-05 12:00:00,,Pays bill,Web",
    "carl,soon,,Dials,Phone",
    "=cmd,extra,cells,Dials,Phone,more",
)
CONTENT = ("\n".join((HEADER, *ROWS)) + "\n").encode()
CHOSEN = {
    "customer": "customer",
    "start": "start",
    "end": "end",
    "touchpoint": "touchpoint",
    "channel": "channel",
    "seconds_unit": "seconds",
    "repeated_rows": "report",
}


@pytest.fixture
def journey(in_scope) -> Journey:
    moments = (MomentPlan("Dials"), MomentPlan("Pays a bill"), MomentPlan("Hangs up"))
    plan = JourneyPlan("A call", customers_per_year=100, stages=(StagePlan("Call", moments),))
    return create_journey(in_scope, plan)


@pytest.fixture
def log(tmp_path):
    return a_log(tmp_path, *ROWS)


def to(name: str, *parts: int) -> str:
    return reverse(name, args=["northern-air", *parts])


def send(client, journey: Journey, content: bytes = CONTENT, name: str = "log.csv"):
    return client.post(to("contact_log_upload", journey.pk), {"file": SimpleUploadedFile(name, content)})


def begin(client, journey: Journey, size: int = len(CONTENT), stamp: str = "1"):
    return client.post(to("contact_log_upload", journey.pk), {"name": "log.csv", "size": size, "stamp": stamp}).json()


def send_piece(client, address: str, offset: int, content: bytes):
    return client.post(f"{address}?offset={offset}", content, content_type="application/octet-stream")


def test_file_that_is_sent_leads_to_its_columns(manager_client, journey):
    response = send(manager_client, journey, "\n".join((HEADER, *ROWS[:3])).encode())

    upload = ContactUpload.objects.get()
    assert response.headers["Location"] == to("contact_log_columns", upload.pk)
    page = manager_client.get(response.headers["Location"]).content.decode()
    assert '<option value="start" selected>' in page
    assert "Time zone of the times in this file" in page
    assert "be•••" in page
    assert "bert" not in page


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"", "empty"), (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(60), "Save it as CSV"), (b"PK\x03\x04broken", "")],
)
def test_file_that_is_no_log_is_refused_beside_the_field(manager_client, journey, content, said):
    response = send(manager_client, journey, content)

    assert response.status_code == 422
    assert 'aria-invalid="true"' in response.content.decode()
    assert any(word in response.content.decode() for word in said.split("|"))
    assert not ContactUpload.objects.exists()


@HOSTILE_ABSENT
@pytest.mark.parametrize("file", sorted(HOSTILE.glob("*.*")) if HOSTILE.exists() else [], ids=lambda file: file.name)
def test_hostile_file_is_taken_or_refused_in_words(manager_client, journey, file):
    response = send(manager_client, journey, file.read_bytes(), file.name)

    if response.status_code == 302:
        assert manager_client.get(response.headers["Location"]).status_code == 200
    else:
        assert (response.status_code, 'aria-invalid="true"' in response.content.decode()) == (422, True)


def test_file_larger_than_allowed_is_refused(manager_client, journey, settings):
    settings.CONTACT_LOG_MAX_BYTES = 10

    response = send(manager_client, journey)

    assert (response.status_code, "larger than 10" in response.content.decode()) == (422, True)


def test_form_without_a_file_says_so(manager_client, journey):
    response = manager_client.post(to("contact_log_upload", journey.pk))

    assert (response.status_code, "Choose a file." in response.content.decode()) == (422, True)


def test_upload_that_is_interrupted_five_times_goes_on_where_it_stopped(manager_client, journey):
    told, cuts = begin(manager_client, journey), [0, 3, 50, 51, 120, 200, len(CONTENT)]
    for start, end in itertools.pairwise(cuts):
        assert begin(manager_client, journey) == {"address": told["address"], "received": start}
        answer = send_piece(manager_client, told["address"], start, CONTENT[start:end]).json()

    upload = ContactUpload.objects.get()
    assert answer == {
        "address": told["address"],
        "received": len(CONTENT),
        "next": to("contact_log_columns", upload.pk),
    }
    assert manager_client.get(told["address"]).json() == answer
    assert manager_client.get(answer["next"]).status_code == 200


def test_piece_that_does_not_fit_on_is_answered_with_the_place(manager_client, journey):
    address = begin(manager_client, journey)["address"]
    send_piece(manager_client, address, 0, CONTENT[:40])

    again = send_piece(manager_client, address, 0, CONTENT[:40])

    assert (again.status_code, again.json()["received"]) == (409, 40)


def test_piece_beyond_the_announced_size_is_refused(manager_client, journey):
    address = begin(manager_client, journey, size=10)["address"]

    response = send_piece(manager_client, address, 0, CONTENT)

    assert (response.status_code, response.json()["error"]) == (
        422,
        "The file has grown while it was sent. Choose it again.",
    )


def test_columns_are_confirmed_and_kept_for_the_next_file(manager_client, journey, log, tmp_path):
    upload = sent(journey, log)

    response = manager_client.post(to("contact_log_columns", upload.pk), {**CHOSEN, "time_zone": "Europe/Oslo"})

    job = ContactImport.objects.get()
    assert response.headers["Location"] == to("contact_log_page", job.pk)
    assert job.inputs["mapping"]["time_zone"] == "Europe/Oslo"
    other = sent(journey, a_log(tmp_path, ROWS[0], name="next.csv"))
    assert other.said == LogShape.objects.get().mapping == job.inputs["mapping"]


def test_columns_that_leave_something_open_are_asked(manager_client, journey, tmp_path):
    log = a_log(tmp_path, "anna,01/02/2024 10:00", "bert,03/02/2024 10:00", header="customer,start")
    upload, said = sent(journey, log), {**CHOSEN, "end": "", "touchpoint": "", "channel": "", "time_zone": "UTC"}

    response = manager_client.post(to("contact_log_columns", upload.pk), said)

    page = response.content.decode()
    assert (response.status_code, ContactImport.objects.exists()) == (422, False)
    assert "Which comes first?" in page
    assert "“start” reads 01/02/2024 10:00, 03/02/2024 10:00." in page
    answered = manager_client.post(to("contact_log_columns", upload.pk), {**said, "day_first": "yes"})
    assert answered.status_code == 302


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"start": "", "end": ""}, "Say which column holds the start of a contact, or its end."),
        ({"start": "touchpoint", "touchpoint": ""}, "This column holds no times."),
        ({"channel": "customer"}, "This column is “Customer” already."),
        ({"start": "nothing"}, "Select a valid choice"),
    ],
)
def test_columns_that_can_not_be_are_refused_beside_the_field(manager_client, journey, log, changed, problem):
    upload = sent(journey, log)

    response = manager_client.post(to("contact_log_columns", upload.pk), {**CHOSEN, "time_zone": "UTC", **changed})

    assert (response.status_code, problem in response.content.decode()) == (422, True)


def test_confirming_twice_counts_once(manager_client, journey, log):
    upload, said = sent(journey, log), {**CHOSEN, "time_zone": "UTC", "submission": "one"}

    first = manager_client.post(to("contact_log_columns", upload.pk), said)
    second = manager_client.post(to("contact_log_columns", upload.pk), said)

    assert first.headers["Location"] == second.headers["Location"]
    assert ContactImport.objects.count() == 1


def test_import_page_waits_and_then_says_what_was_not_in_order(manager_client, journey, log):
    job = asked_for(journey, log)
    waiting = manager_client.get(to("contact_log_page", job.pk)).content.decode()
    work(job)

    done = manager_client.get(to("contact_log_progress", job.pk), headers={"HX-Request": "true"}).content.decode()

    assert "hx-trigger" in waiting
    assert "hx-trigger" not in done
    assert "a time that can't be read" in done.replace("&#x27;", "'")
    assert "••• | soon" in done
    assert "carl" not in done


def test_progress_that_was_seen_is_not_sent_again(manager_client, journey, log):
    job = asked_for(journey, log)
    page = manager_client.get(to("contact_log_page", job.pk))

    again = manager_client.get(
        to("contact_log_progress", job.pk), {"seen": page.context["seen"]}, headers={"HX-Request": "true"}
    )

    assert again.status_code == 204


def test_rows_that_are_not_in_order_can_be_downloaded(manager_client, journey, log):
    (job,) = imported(journey, log)

    response = manager_client.get(to("contact_log_rows", job.pk))

    text = b"".join(response.streaming_content).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text))) == [
        ["Row", "Reason", "What it says"],
        ["5", "a time that can't be read or doesn't exist", "••• | soon |  | Dials | Phone"],
        ["6", "more cells than the log has columns", "'=xxx,xxxxx,xxxxx,Xxxxx,Xxxxx,xxxx".replace("X", "x")],
    ]


def test_stopped_import_can_be_tried_again(manager_client, journey, log):
    job = asked_for(journey, log)
    manager_client.post(to("contact_log_cancel", job.pk))
    stopped = manager_client.get(to("contact_log_page", job.pk)).content.decode()

    response = manager_client.post(to("contact_log_retry", job.pk))

    again = ContactImport.objects.get()
    assert "Nothing of it was counted" in stopped
    assert response.headers["Location"] == to("contact_log_page", again.pk)
    assert (work(again).state, ContactCell.objects.count()) == (State.READY, 2)


def test_file_without_a_readable_row_fails_with_what_is_wrong(manager_client, journey, tmp_path):
    job = work(asked_for(journey, a_log(tmp_path, "carl,soon,,Dials,Phone", "anna,later,,Dials,Phone")))

    page = manager_client.get(to("contact_log_page", job.pk)).content.decode()

    assert job.state == State.FAILED
    assert "No row could be counted. 2: a time that can&#x27;t be read" in page


def test_names_are_proposed_and_kept(manager_client, journey, log):
    imported(journey, log)
    pays = Moment.objects.get(title="Pays a bill")
    page = manager_client.get(to("contact_log_names", journey.pk)).content.decode()

    said = {"name-0": "Pays bill", "moment-0": str(pays.pk), "name-1": "Dials", "moment-1": "ignore"}
    response = manager_client.post(to("contact_log_names", journey.pk), said)

    assert "looks alike" in page
    assert f'<option value="{pays.pk}" selected>' in page
    assert response.headers["Location"] == to("contact_log_result", journey.pk)
    assert sorted(NameRule.objects.values_list("name", "moment__title")) == [
        ("Dials", None),
        ("Pays bill", "Pays a bill"),
    ]


def test_name_of_another_organisations_moment_is_refused(manager_client, journey, log):
    imported(journey, log)

    response = manager_client.post(to("contact_log_names", journey.pk), {"name-0": "Dials", "moment-0": "987654"})

    assert (response.status_code, "Select a valid choice" in response.content.decode()) == (422, True)


def test_result_shows_measured_beside_typed_and_what_nobody_mapped(manager_client, journey, log):
    imported(journey, log)

    page = manager_client.get(to("contact_log_result", journey.pk)).content.decode()

    assert "you typed 1" in page
    assert "Nobody mapped these" in page
    assert "Pays bill" in page
    assert "Hangs up" in page


def test_result_divides_by_the_customers_that_are_typed(manager_client, journey, log):
    imported(journey, log)

    by_map = manager_client.get(to("contact_log_result", journey.pk)).context["result"].measured[0].contacts
    typed = manager_client.get(to("contact_log_result", journey.pk), {"customers": "1,000"})

    assert typed.context["result"].measured[0].contacts == pytest.approx(by_map / 10, rel=1e-3)


@pytest.mark.parametrize("customers", ["many", "0", "-3", "9" * 40])
def test_customers_that_are_no_number_are_refused_beside_the_field(manager_client, journey, log, customers):
    imported(journey, log)

    response = manager_client.get(to("contact_log_result", journey.pk), {"customers": customers})

    assert (response.status_code, "Type a whole number" in response.content.decode()) == (422, True)


def test_measured_volumes_are_taken_over_with_date_and_source(manager_client, journey, log):
    imported(journey, log)
    shown = manager_client.get(to("contact_log_result", journey.pk)).context["result"].measured[0]

    response = manager_client.post(to("contact_log_take", journey.pk), {"take": "all", "seen": shown.key})

    dials = Moment.objects.get(title="Dials")
    assert response.status_code == 302
    assert (dials.contacts_per_customer, dials.seconds) == (shown.contacts, 120)
    assert (dials.volume_source, dials.volume_source_on) == ("measured", date(2024, 2, 2))
    assert manager_client.get(to("contact_log_result", journey.pk)).context["result"].measured[0].is_taken


def test_volumes_of_a_map_that_changed_meanwhile_are_not_taken_over(manager_client, journey, log):
    imported(journey, log)
    shown = manager_client.get(to("contact_log_result", journey.pk)).context["result"].measured[0]
    Moment.objects.filter(title="Dials").update(version=9)

    response = manager_client.post(to("contact_log_take", journey.pk), {"take": shown.key, "seen": shown.key})

    assert (response.status_code, "Nothing was taken over" in response.content.decode()) == (409, True)
    assert Moment.objects.get(title="Dials").contacts_per_customer == 1


def test_hours_of_the_week_can_be_those_of_one_moment(manager_client, journey, log):
    imported(journey, log)
    dials = Moment.objects.get(title="Dials")

    weeks = [
        manager_client.get(to("contact_log_result", journey.pk), {"week": chosen}).context["week"]
        for chosen in ("", dials.pk, "nonsense")
    ]

    assert [sum(hour.contacts for _day, hours in week for hour in hours) for week in weeks] == [3, 2, 3]
    assert weeks[1][3][1][0].contacts == 1  # at ten, the first hour that is shown


def test_removing_an_import_takes_its_figures_out(manager_client, journey, log, tmp_path):
    imported(journey, log)
    before = manager_client.get(to("contact_log_result", journey.pk)).context["result"].summary
    (other,) = imported(journey, a_log(tmp_path, "dora,2024-03-05 12:00:00,,Dials,Shop", name="other.csv"))
    manager_client.get(to("contact_log_result", journey.pk))
    asked = manager_client.get(to("contact_log_remove", other.pk)).content.decode()

    manager_client.post(to("contact_log_remove", other.pk))

    assert "Remove this import?" in asked
    assert manager_client.get(to("contact_log_result", journey.pk)).context["result"].summary == before


def test_leader_sees_the_result_and_changes_nothing(client_of, make_member, organisation, journey, log):
    (job,) = imported(journey, log)
    leader = client_of(make_member(organisation, Role.LEADER))

    pages = [leader.get(to("contact_log_result", journey.pk)), leader.get(to("contact_log_page", job.pk))]

    assert [page.status_code for page in pages] == [200, 200]
    assert not any("Take over" in page.content.decode() or "soon" in page.content.decode() for page in pages)


def test_pages_without_a_log_say_what_one_is_for(manager_client, journey):
    pages = [manager_client.get(to(name, journey.pk)) for name in ("contact_log_result", "contact_log_list")]

    assert all("Add the first log" in page.content.decode() for page in pages)


@pytest.mark.parametrize("name", ["contact_log_list", "contact_log_result", "contact_log_names"])
def test_pages_ask_as_much_for_one_import_as_for_many(
    manager_client, journey, tmp_path, django_assert_max_num_queries, name, settings
):
    imported(journey, a_log(tmp_path, ROWS[0], name="0.csv"))
    manager_client.get(to(name, journey.pk))
    imported(journey, *(a_log(tmp_path, row, name=f"{place}.csv") for place, row in enumerate(ROWS[1:3], start=1)))

    with django_assert_max_num_queries(16):
        manager_client.get(to(name, journey.pk))


def test_figures_are_downloaded_by_moment_channel_and_month(manager_client, journey, log, tmp_path):
    imported(journey, log, a_log(tmp_path, "anna,2024-03-01 10:00:00,2024-03-01 10:00:10,=cmd,Web", name="other.csv"))

    response = manager_client.get(to("contact_log_figures", journey.pk))

    head, *rows = csv.reader(io.StringIO(response.content.decode("utf-8-sig")))
    assert head[:5] == ["Moment", "Name in the logs", "Channel", "Month", "Contacts"]
    assert rows == [
        ["Dials", "", "Phone", "2024-02", "2", "2", "2", "240.000", "120.000", "120.000", "168.000", "0.00", "0.00"],
        ["", "'=cmd", "Web", "2024-03", "1", "1", "1", "10.000", "10.000", "10.000", "10.000", "0.00", "0.00"],
        ["", "Pays bill", "Web", "2024-02", "1", "1", "0", "0.000", "", "", "", "0.00", "100.00"],
    ]


def test_months_and_channels_tell_all_of_their_figures(manager_client, journey, log):
    imported(journey, log)

    page = manager_client.get(to("contact_log_result", journey.pk)).content.decode()

    part = page[page.index('id="months"') :]
    assert [
        words in part for words in ('>120</td><td class="number">168</td>', ">100 %</td>", "Download all figures (CSV)")
    ] == [True] * 3


def test_logs_of_few_of_the_customers_say_so(manager_client, journey, log):
    imported(journey, log)
    said = "The logs name 2 customers, but contacts are divided by"

    pages = [manager_client.get(to("contact_log_result", journey.pk) + query) for query in ("", "?customers=2")]

    assert [said in page.content.decode() for page in pages] == [True, False]
    assert 'result/?customers=2">Divide by 2</a>' in pages[0].content.decode()


def test_week_shows_the_hours_that_have_contacts(manager_client, journey, log):
    imported(journey, log)

    page = manager_client.get(to("contact_log_result", journey.pk)).content.decode()

    week = page[page.index('class="week"') : page.index('id="months"')]
    assert re.findall(r'<th scope="col">(\d+)</th>', week) == ["10", "11", "12"]
