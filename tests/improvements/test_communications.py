"""Letters and messages: judged by a rule, added up, typed, pasted, taken off and brought back."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from accounts.access import Role
from improvements.communications.keeping import communications_of
from improvements.communications.lines import lines_of
from improvements.communications.paste import read_table
from improvements.communications.picture import draw_picture
from improvements.communications.rules import Saving, Verdict, contacts_per_year, judge, saving_of
from improvements.models import Communication


def address(name: str, *args: int) -> str:
    return reverse(name, args=["northern-air", *args])


def send(organisation, name: str, **fields: Any) -> Communication:
    row: Communication = Communication.objects.create(organisation=organisation, name=name, **fields)
    return row


def typed(**fields: Any) -> dict[str, Any]:
    known = {"name": "Welcome letter", "kind": "letter", "recipients": "1000", "times": "2", "per": "year"}
    return {**known, **fields}


@pytest.mark.parametrize(
    ("relevance", "level", "verdict"),
    [
        (5, None, Verdict.UNKNOWN),
        (1, 3.5, Verdict.ENRICHES),
        (None, 6, Verdict.ENRICHES),
        (2.4, 3.4, Verdict.STOP),
        (1, 1, Verdict.STOP),
        (2.5, 2.4, Verdict.UNDERMINES),
        (None, 1, Verdict.UNDERMINES),
        (2.5, 2.5, Verdict.INDIFFERENT),
        (5, 3.4, Verdict.INDIFFERENT),
    ],
)
def test_rule_judges_by_level_then_relevance(relevance, level, verdict):
    assert judge(relevance, level) == verdict


def test_contacts_are_customers_times_how_often():
    assert (contacts_per_year(1000, 12, None), contacts_per_year(1000, 2, 0.5)) == (12_000, 1_000)


def test_saving_is_a_share_of_everything():
    assert saving_of([300.0, 200.0], [300.0, 200.0, 1500.0]) == Saving(2, 500.0, 25.0)
    assert saving_of([], []) == Saving(0, 0.0, None)


def test_pasted_table_is_read_by_its_columns():
    table = "Name;Customers;How often;Per;Events;Relevance;Level;Other\n"
    table += "Bill;10 M;12;a year;;4;3;x\nClaim;5;2;per event;0,5;;;"

    values, wrong = read_table(table)

    bill = {"name": "Bill", "recipients": 10_000_000, "times": 12, "per": "year", "relevance": 4, "level": 3}
    assert wrong == []
    assert values == [bill, {"name": "Claim", "recipients": 5, "times": 2, "per": "event", "events_per_year": 0.5}]


@pytest.mark.parametrize(
    ("table", "problem"),
    [
        ("what,when\na,b", "No column is called “name”."),
        ("name,kind", "There is no row below the columns."),
        ("name,level\nBill,7", "Line 2: level: “7” is no step from 1 to 6"),
        ("name,how often\nBill,often", "Line 2: how often: “often” is not a number"),
        ("name,per\nBill,per event", "Line 2: counted per event, it needs events a year"),
        ("name,level\n,3", "Line 2: it has no name"),
        (f"name,level\n{'x' * 201},3", "Line 2: name: at most 200 letters"),
        ("name\n" + "Bill\n" * 501, "At most 500 rows at once."),
    ],
)
def test_table_with_a_fault_says_where(table, problem):
    assert problem in read_table(table)[1][0]


def test_page_ticks_what_the_rule_would_stop_and_adds_it_up(in_scope, manager_client):
    send(in_scope, "Survey mail", recipients=1000, relevance=1, level=2)
    send(in_scope, "Bill", recipients=3000, relevance=5, level=3)

    page = manager_client.get(address("communication_list")).content.decode()

    assert "Stopping the 1 that is ticked saves <b>1,000</b> contacts a year, 25% of all that you send." in page
    assert page.count(" checked>") == 1


def test_what_is_ticked_counts_and_changes_nothing(in_scope, manager_client):
    send(in_scope, "Survey mail", recipients=1000, relevance=1, level=2)
    bill = send(in_scope, "Bill", recipients=3000, relevance=5, level=3)

    page = manager_client.get(address("communication_list"), {"tried": "yes", "stop": [bill.pk, "x", "9" * 30]})

    assert "saves <b>3,000</b> contacts a year, 75%" in page.content.decode()
    assert Communication.objects.filter(removed_at=None).count() == 2


def test_picture_draws_what_has_both_figures_and_none_on_another(in_scope):
    for name in "ABC":
        send(in_scope, name, relevance=3, level=4)
    send(in_scope, "D", relevance=3)

    picture = draw_picture(lines_of(communications_of(in_scope), {}, None))

    assert picture is not None
    assert [point.number for point in picture.points] == [1, 2, 3]
    assert len({(point.x, point.y) for point in picture.points}) == 3


def test_communication_is_added_once_though_sent_twice(in_scope, manager_client):
    for _time in range(2):
        manager_client.post(address("communication_create"), typed(submission="one"))

    row = Communication.objects.get()
    assert (row.name, row.kind, row.contacts_per_year) == ("Welcome letter", "letter", 2000)


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"name": ""}, "This field is required."),
        ({"recipients": "-1"}, "greater than or equal to 0"),
        ({"times": "often"}, "Enter a number."),
        ({"per": "event"}, "Say how many such events a customer has in a year."),
        ({"journey": "999999"}, "Select a valid choice."),
        ({"name": "a\0b"}, "Null characters are not allowed."),
    ],
)
def test_bad_communication_is_refused_and_nothing_is_lost(in_scope, manager_client, fields, message):
    response = manager_client.post(address("communication_create"), typed(purpose="To greet", **fields))

    assert response.status_code == 422
    assert message in response.content.decode()
    assert "To greet</textarea>" in response.content.decode()
    assert Communication.objects.count() == 0


def test_communication_changed_meanwhile_is_not_overwritten(in_scope, manager_client):
    row = send(in_scope, "Bill")
    manager_client.post(address("communication_edit", row.pk), typed(name="Theirs", version="1"))

    response = manager_client.post(address("communication_edit", row.pk), typed(name="Mine", version="1"))

    row.refresh_from_db()
    assert (response.status_code, row.name, row.version) == (409, "Theirs", 2)
    assert 'value="Mine"' in response.content.decode()


def test_removed_communication_is_brought_back_by_undo(in_scope, manager_client):
    row = send(in_scope, "Bill")
    page = manager_client.post(address("communication_remove", row.pk), follow=True).content.decode()
    gone = communications_of(in_scope)

    manager_client.post(address("communication_restore", row.pk))

    assert (gone, communications_of(in_scope)) == ([], [row])
    assert "“Bill” is off the list." in page


def test_pasted_rows_come_in_together_or_not_at_all(in_scope, manager_client):
    refused = manager_client.post(address("communication_paste"), {"table": "name,level\nBill,3\nLetter,9"})
    count = Communication.objects.count()

    manager_client.post(address("communication_paste"), {"table": "name\tlevel\nBill\t3\nLetter\t2"})

    assert (refused.status_code, count) == (422, 0)
    assert "Letter,9</textarea>" in refused.content.decode()
    assert [row.name for row in communications_of(in_scope)] == ["Bill", "Letter"]


def test_leader_sees_the_page_and_changes_nothing(in_scope, organisation, make_member, client_of):
    send(in_scope, "Bill")
    leader = client_of(make_member(organisation, Role.LEADER))

    page = leader.get(address("communication_list")).content.decode()

    assert "Bill" in page
    assert address("communication_create") not in page
