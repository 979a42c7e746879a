"""Contacts and seconds from elsewhere on the map, and where they come from."""

from __future__ import annotations

from datetime import date

import pytest

from journeys.choices import VolumeSource
from journeys.event_words import changes_of
from journeys.models import Event, Journey, Moment
from journeys.plan import JourneyPlan, MomentPlan, StagePlan
from journeys.removals import remove_moment
from journeys.sequence import StaleWrite, append_stage, change_moment, create_journey
from journeys.taking_volumes import NewVolumes, take_volumes
from journeys.undoing import undo, undo_run
from journeys.versions import name_version, restore_version

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 12)
STAFF = ("staff", DAY)


@pytest.fixture
def journey(in_scope) -> Journey:
    moments = tuple(MomentPlan(title, contacts_per_customer=1, seconds=60) for title in ("Dials", "Waits", "Talks"))
    return create_journey(in_scope, JourneyPlan("A call", stages=(StagePlan("Before", moments),)))


def moment(title: str) -> Moment:
    return Moment.objects.select_related("stage__journey").get(title=title)


def volumes_of(title: str) -> tuple[float, float, str, date | None]:
    row = moment(title)
    return row.contacts_per_customer, row.seconds, row.volume_source, row.volume_source_on


def take(journey: Journey, *titles: str, contacts: float | None = 2.5, seconds: float | None = 90) -> list[Event]:
    wanted = [NewVolumes(row.pk, row.version, contacts, seconds) for row in map(moment, titles)]
    return take_volumes(journey, wanted, VolumeSource.STAFF, DAY)


def test_new_moments_are_estimates(journey):
    assert volumes_of("Dials") == (1, 60, "estimate", None)


def test_taken_volumes_name_their_source_and_raise_both_versions(journey):
    before = journey.version

    take(journey, "Dials", "Waits")

    assert volumes_of("Dials") == volumes_of("Waits") == (2.5, 90, *STAFF)
    assert volumes_of("Talks") == (1, 60, "estimate", None)
    assert (moment("Dials").version, Journey.objects.get().version) == (2, before + 1)


def test_what_is_not_given_stays_as_it_is(journey):
    take(journey, "Dials", contacts=None)

    assert volumes_of("Dials") == (1, 90, *STAFF)


def test_each_taken_moment_is_undone_and_done_again_by_itself(journey):
    first, _second = take(journey, "Dials", "Waits")

    undone = undo(Event.objects.get(pk=first.pk))
    after_undo = volumes_of("Dials"), volumes_of("Waits")
    undo(Event.objects.get(pk=undone.pk))

    assert after_undo == ((1, 60, "estimate", None), (2.5, 90, *STAFF))
    assert volumes_of("Dials") == (2.5, 90, *STAFF)


def test_taking_is_refused_whole_where_one_moment_changed_or_is_gone(journey):
    old = [NewVolumes(row.pk, row.version, 2, 90) for row in map(moment, ("Dials", "Waits"))]
    change_moment(moment("Waits"), 1, title="Holds the line")
    version = Journey.objects.get().version

    with pytest.raises(StaleWrite):
        take_volumes(journey, old, VolumeSource.STAFF, DAY)
    remove_moment(moment("Dials"))
    with pytest.raises(StaleWrite):
        take_volumes(journey, old[:1], VolumeSource.STAFF, DAY)

    assert volumes_of("Holds the line") == (1, 60, "estimate", None)
    assert Journey.objects.get().version == version + 1


def test_taking_takes_the_same_queries_for_one_and_for_many(journey, django_assert_num_queries):
    one = [NewVolumes(moment("Dials").pk, 1, 2, 90)]
    two = [NewVolumes(moment(title).pk, version, 3, 91) for title, version in (("Dials", 2), ("Waits", 1))]

    with django_assert_num_queries(7):
        take_volumes(journey, one, VolumeSource.STAFF, DAY)
    with django_assert_num_queries(7):
        take_volumes(journey, two, VolumeSource.STAFF, DAY)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"seconds": 30.0}, (2.5, 30, "estimate", None)),
        ({"contacts_per_customer": 9.0, "seconds": 90.0}, (9, 90, "estimate", None)),
        ({"contacts_per_customer": 2.5, "seconds": 90.0, "level": 4}, (2.5, 90, *STAFF)),
        ({"level": 4}, (2.5, 90, *STAFF)),
    ],
)
def test_typing_other_numbers_makes_them_an_estimate_again(journey, fields, expected):
    take(journey, "Dials")

    change_moment(moment("Dials"), 2, **fields)

    assert volumes_of("Dials") == expected


def test_undoing_what_was_typed_brings_the_source_back(journey):
    take(journey, "Dials")
    typed = change_moment(moment("Dials"), 2, seconds=30.0)

    undo_run([typed])

    assert volumes_of("Dials") == (2.5, 90, *STAFF)


def test_versions_and_removed_moments_come_back_with_their_source(journey):
    take(journey, "Dials", "Waits")
    version = name_version(journey, "With staff's medians")
    removed = remove_moment(moment("Waits"))
    change_moment(moment("Dials"), 2, seconds=30.0)

    undo(removed)
    back = volumes_of("Waits")
    restore_version(version)

    assert back == volumes_of("Dials") == (2.5, 90, *STAFF)


def test_version_from_before_there_were_sources_makes_estimates(journey):
    version = name_version(journey, "Old")
    for values in version.state["stages"][0]["moments"]:
        del values["volume_source"], values["volume_source_on"]
    take(journey, "Dials")

    restore_version(version)

    assert volumes_of("Dials") == (1, 60, "estimate", None)


def test_stage_added_before_there_were_sources_is_undone_without_a_question(journey):
    stage = append_stage(journey, "After")
    event = Event.objects.get(stage_id=stage.pk)
    row = Moment.objects.create(stage=stage, position=0, title="Thanks")
    content = {"id": row.pk, "title": "Thanks", "seconds": 60.0}
    object.__setattr__(event, "after", {**event.after, "moments": [content]})

    undo(event)

    assert not Moment.objects.filter(title="Thanks").exists()


def test_history_says_where_the_numbers_came_from(journey):
    (event,) = take(journey, "Dials")

    said = [(change.label, change.before, change.after) for change in changes_of(event, event.before)]

    assert said == [
        ("Contacts per customer a year", "1", "2.5"),
        ("Seconds each", "60", "90"),
        ("Contacts and seconds are", "estimate, typed", "staff's median"),
        ("As of", "(nothing)", "12 Nov 2026"),
    ]


def test_panel_table_and_print_show_the_source(journey, manager_client):
    take(journey, "Dials")
    base = f"/{journey.organisation.slug}/journeys/{journey.pk}/"

    panel = manager_client.get(f"{base}?moment={moment('Dials').pk}").content.decode()
    typed = manager_client.get(f"{base}?moment={moment('Talks').pk}").content.decode()
    table, printed = (manager_client.get(base + page).content.decode() for page in ("table/", "print/"))

    assert "Contacts and seconds: staff's median, 12 Nov 2026" in panel.replace("&#x27;", "'")
    assert "Contacts and seconds: estimate, typed" in typed
    assert table.replace("&#x27;", "'").count("staff's median, 12 Nov 2026") == 1
    assert printed.replace("&#x27;", "'").count("staff's median, 12 Nov 2026") == 1
