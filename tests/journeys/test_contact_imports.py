"""A log taken in: counted by a worker, stored once, added up, taken out again."""

from __future__ import annotations

import pytest

from jobs.artifacts import path_of
from jobs.models import State
from journeys.contact_figures import imports_of, summary_of
from journeys.contact_making import file_path
from journeys.contact_names import IGNORE, keep_rules, rules_of
from journeys.contact_uploads import AlreadyThere
from journeys.contacts.carrying import carried_rows
from journeys.models import ContactCell, Journey, Moment, NameRule
from journeys.plan import JourneyPlan, MomentPlan, StagePlan
from journeys.sequence import create_journey
from tests.journeys.contact_imports import asked_for, imported, sent, work
from tests.journeys.contact_logs import a_log

ROWS = (
    "anna,2024-02-01 10:00:00,2024-02-01 10:01:00,Dials,Phone",
    "bert,2024-02-02 11:00:00,2024-02-02 11:03:00,Dials,Phone",
    "anna,2024-02-05 12:00:00,,Pays the bill,Web",
    "carl,soon,,Dials,Phone",
)


@pytest.fixture
def journey(in_scope) -> Journey:
    moments = (MomentPlan("Dials"), MomentPlan("Pays a bill"), MomentPlan("Hangs up"))
    return create_journey(in_scope, JourneyPlan("A call", stages=(StagePlan("Call", moments),)))


def moment(title: str) -> Moment:
    return Moment.objects.get(title=title)


def test_import_stores_what_was_counted(journey, tmp_path):
    (job,) = imported(journey, a_log(tmp_path, *ROWS))

    cells = ContactCell.objects.order_by("touchpoint").values_list("touchpoint", "channel", "month", "contacts")
    assert job.state == State.READY
    assert list(cells) == [("Dials", "Phone", "2024-02", 2), ("Pays the bill", "Web", "2024-02", 1)]
    assert (job.rows["read"], job.rows["counted"], job.rows["reasons"]) == (4, 3, {"unreadable_time": 1})
    assert job.days == {"2024-02-01": 1, "2024-02-02": 1, "2024-02-05": 1}


def test_import_keeps_no_customer_and_no_file(journey, tmp_path, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        (job,) = imported(journey, a_log(tmp_path, *ROWS))

    assert job.rows["examples"] == {"unreadable_time": [[5, "••• | soon |  | Dials | Phone"]]}
    assert (job.stored_name, list(file_path("").glob("*.log"))) == ("", [])


def test_import_keeps_the_file_where_that_is_wanted(journey, tmp_path):
    job = work(asked_for(journey, a_log(tmp_path, *ROWS), keeps_file=True))

    assert file_path(job.stored_name).read_bytes() == a_log(tmp_path, *ROWS).read_bytes()


def test_names_that_read_as_a_moment_stand_for_it(journey, tmp_path):
    imported(journey, a_log(tmp_path, *ROWS))

    assert list(NameRule.objects.values_list("name", "moment__title")) == [("Dials", "Dials")]


def test_figures_are_told_by_moment_and_leave_out_what_is_ignored(journey, tmp_path):
    imported(journey, a_log(tmp_path, *ROWS))
    keep_rules(journey, {"Pays the bill": IGNORE})

    summary = summary_of(imports_of(journey), rules_of(journey))

    assert [(each["name"], each["contacts"], each["customers"]) for each in summary["touchpoints"]] == [
        (f"m{moment('Dials').pk}", 2, 2)
    ]


def test_same_content_is_not_imported_twice(journey, tmp_path):
    imported(journey, a_log(tmp_path, *ROWS))

    with pytest.raises(AlreadyThere, match=r"“log\.csv” has the same content"):
        sent(journey, a_log(tmp_path, *ROWS, name="again.csv"))


def test_worker_that_comes_twice_counts_once(journey, tmp_path):
    (job,) = imported(journey, a_log(tmp_path, *ROWS))
    before = list(ContactCell.objects.values())

    work(job)

    assert list(ContactCell.objects.values()) == before


def test_large_file_lists_the_first_rows_of_each_reason(journey, tmp_path, monkeypatch):
    monkeypatch.setattr("journeys.contact_making.NOTED_BYTES_MAX", 10)
    (job,) = imported(journey, a_log(tmp_path, ROWS[0], *["carl,soon,,Dials,Phone"] * 7))

    listed = b"".join(carried_rows(path_of(job.artifact_name))).decode("utf-8-sig").splitlines()

    assert [line.partition(",")[0] for line in listed] == ["Row", "3", "4", "5", "6", "7", "…"]
    assert listed[-1] == "…,2 more rows are not listed.,"
