"""Times whose date and time of day stand in columns of their own: counted as those of one column."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.urls import reverse

from journeys.contacts.aggregate import Aggregate
from journeys.contacts.mapping import Mapping, mapping_from
from journeys.contacts.masking import mask_of
from journeys.contacts.refusals import Refused
from journeys.contacts.sample import sniff
from journeys.models import ContactCell, ContactImport
from journeys.plan import JourneyPlan, MomentPlan, StagePlan
from journeys.sequence import create_journey
from tests.journeys.contact_imports import sent, work
from tests.journeys.contact_logs import MAPPING, a_log, counted

HEADER = "customer,Date,Start,End,touchpoint,channel"
ROWS = (
    "anna,05.02.2024,10:00,10:05,Call,Phone",
    "bert,05.02.2024,23:55,00:10,Call,Phone",  # crosses midnight
    "carl,06.02.2024, 9:00 ,,Pay,Web",
    "dora,,09:00,09:01,Pay,Web",
    "emil,06.02.2024,soon,09:01,Pay,Web",
    "fred,07.02.2024,,,Pay,Web",
    *(f"gina,0{day}.02.2024,08:00,08:0{day},Call,Phone" for day in range(1, 9)),
)
JOINED = (
    "anna,05.02.2024 10:00,05.02.2024 10:05,Call,Phone",
    "bert,05.02.2024 23:55,05.02.2024 00:10,Call,Phone",
    "carl,06.02.2024 9:00,,Pay,Web",
    "dora,09:00,09:01,Pay,Web",
    "emil,06.02.2024 soon,06.02.2024 09:01,Pay,Web",
    "fred,07.02.2024,,Pay,Web",
    *(f"gina,0{day}.02.2024 08:00,0{day}.02.2024 08:0{day},Call,Phone" for day in range(1, 9)),
)
APART = replace(MAPPING, start="Date", start_time="Start", end="", end_time="End")


def told(it: Aggregate) -> tuple[object, ...]:
    return it.cells, it.hours, it.days, it.customers, it.rows.reasons, it.rows.counted


def test_times_of_two_columns_count_as_those_of_one(tmp_path):
    apart, joined = a_log(tmp_path, *ROWS, header=HEADER), a_log(tmp_path, *JOINED, name="joined.csv")

    found = counted(apart, mapping=APART)

    assert told(found) == told(counted(joined))
    assert found.rows.reasons == {"crossed_midnight": 1, "unreadable_time": 2}
    assert [example.text for example in found.rows.examples["crossed_midnight"]] == [
        "bert | Call | Phone | 05.02.2024 23:55 | 05.02.2024 00:10"
    ]


def test_customer_of_such_a_row_is_hidden():
    mask = mask_of(APART, HEADER.split(","))

    hidden = mask.hide("bert | Call | Phone | 05.02.2024 23:55 | 05.02.2024 00:10")

    assert hidden == "••• | Call | Phone | 05.02.2024 23:55 | 05.02.2024 00:10"


@pytest.mark.parametrize(
    ("header", "row", "roles"),
    [
        ("Date,Time,Caller,Topic", "2024-02-05,10:00,7,Call", {"start": "Date", "start_time": "Time"}),
        (
            "Datum;Uhrzeit;Ende;Kunde",
            "05.02.2024;10:00;10:05;7",
            {"start": "Datum", "start_time": "Uhrzeit", "end_time": "Ende"},
        ),
        (
            "id,Start Date,Start Time,End Date,End Time",
            "7,13/02/2024,10:00 AM,13/02/2024,10:05 PM",
            {"start": "Start Date", "start_time": "Start Time", "end": "End Date", "end_time": "End Time"},
        ),
        ("id,date,clock", "7,2024-02-05 00:00:00,10:00:30", {"start": "date", "start_time": "clock"}),
        ("id,created,duration", "7,2024-02-05,00:05:00", {"start": "created", "seconds": "duration"}),
        ("id,start,end", "7,2024-02-05 10:00,2024-02-05 10:05", {"start": "start", "end": "end"}),
    ],
)
def test_columns_of_dates_and_times_are_told_apart(tmp_path, header, row, roles):
    mapping = sniff(a_log(tmp_path, row, row, header=header)).mapping

    assert mapping is not None
    times = {role: getattr(mapping, role) for role in ("start", "start_time", "end", "end_time", "seconds")}
    assert {role: column for role, column in times.items() if column} == roles


def test_halves_of_the_day_and_dates_kept_as_times_are_read(tmp_path):
    log = a_log(tmp_path, "7,2024-02-05T00:00:00,1:05 PM", "7,2024-02-06T00:00:00,11:00 AM", header="id,date,time")

    found = counted(log, mapping=Mapping(customer="id", start="date", start_time="time", time_zone="UTC"))

    assert {hour for (_name, hour), number in found.hours.items() if number} == {13, 24 + 11}
    assert found.rows.counted == 2


def test_mapping_with_times_of_day_is_kept_as_json():
    assert mapping_from(APART.to_dict()) == APART


def test_time_of_day_needs_a_date():
    with pytest.raises(Refused, match="date of the start"):
        Mapping(end="End", start_time="Start")


def test_page_shows_both_columns_and_counts(in_scope, manager_client, organisation, tmp_path):
    journey = create_journey(in_scope, JourneyPlan("A call", stages=(StagePlan("Call", (MomentPlan("Call"),)),)))
    upload = sent(journey, a_log(tmp_path, *ROWS, header=HEADER))
    address = reverse("contact_log_columns", args=[organisation.slug, upload.pk])

    page = manager_client.get(address)
    said = {name: page.context["form"][name].value() or "" for name in ("start", "start_time", "end", "end_time")}
    shown = [field.name for field in page.context["form"].roles]
    told = {"customer": "customer", "touchpoint": "touchpoint", "channel": "channel", "time_zone": "UTC"}
    response = manager_client.post(
        address, {**said, **told, "seconds_unit": "seconds", "repeated_rows": "report", "submission": "1"}
    )

    assert said == {"start": "Date", "start_time": "Start", "end": "", "end_time": "End"}
    assert shown == ["customer", "start", "start_time", "end", "end_time", "seconds", "touchpoint", "channel"]
    assert [str(page.context["form"][name].label) for name in ("start", "end")] == ["Start: date", "End: date"]
    assert "“Date + Start” reads 05.02.2024 10:00" in page.content.decode()
    assert response.status_code == 302
    job = work(ContactImport.objects.get())
    assert job.rows["counted"] == 12
    assert sum(ContactCell.objects.values_list("contacts", flat=True)) == 12


def test_page_asks_for_the_date_of_a_time(in_scope, manager_client, organisation, tmp_path):
    journey = create_journey(in_scope, JourneyPlan("A call", stages=(StagePlan("Call", (MomentPlan("Call"),)),)))
    upload = sent(journey, a_log(tmp_path, *ROWS, header=HEADER))
    address = reverse("contact_log_columns", args=[organisation.slug, upload.pk])

    response = manager_client.post(
        address, {"end": "Date", "start_time": "Start", "seconds_unit": "seconds", "repeated_rows": "report"}
    )

    assert response.status_code == 422
    assert response.context["form"].errors["start"] == ["Say which column holds the date of the start."]
