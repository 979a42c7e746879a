"""Runs of schedules: one a due time, one mail a person, whatever happens in between."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.db import transaction
from django.utils import timezone
from django_scopes import scope

from accounts.access import Role
from accounts.mail import send_due_mails
from accounts.models import Membership, OutgoingMail, User
from assessments.models import Batch, ResultSheet
from jobs.models import State
from jobs.requests import cancel
from journeys.models import Moment
from reports.models import Poster, RunState, Schedule, ScheduleRun
from reports.schedulable import kinds
from reports.schedule_mails import ATTACHED_BYTES_MAX
from reports.schedule_runs import begin_by_round, begin_due, begin_now, end, to_begin, to_begin_by_round, to_end
from reports.schedule_tending import call_for_schedules, tend_schedules
from reports.schedules import owner_of, pause, resume
from tests.assessments.sheets import figures
from tests.poster_rows import journey_row
from tests.reports.schedule_rows import begun, closed_round, finish, schedule_of, sent

pytestmark = pytest.mark.django_db

ANY_KIND = pytest.mark.parametrize("kind", sorted(kinds()))


@pytest.fixture
def leader(make_member, in_scope) -> User:
    return make_member(in_scope, Role.LEADER)


@pytest.fixture
def reader(make_member, in_scope) -> User:
    """A leader who reads German."""
    user = make_member(in_scope, Role.LEADER, "lena@northern-air.example")
    User.objects.filter(pk=user.pk).update(language="de", name="Lena")
    return user


def statement(run: ScheduleRun) -> tuple[str, int, str]:
    row = ScheduleRun.objects.get(pk=run.pk)
    return row.state, row.mail_count, row.problem


@ANY_KIND
def test_due_schedule_asks_for_a_file_in_each_language_and_mails_it(kind, journey, leader, reader):
    closed_round(journey, timezone.now())
    schedule = schedule_of(journey, [leader, reader], kind=kind)

    run = begun(schedule)
    waits = list(to_end()), statement(run)
    run = sent(run)

    assert waits == ([], (RunState.MAKING, 0, ""))
    assert [file.language for file in run.files.all()] == ["de", "en"]
    assert [file.job.inputs["language"] for file in run.files.all()] == ["de", "en"]
    assert statement(run) == (RunState.SENT, 2, "")
    assert sorted(OutgoingMail.objects.values_list("to", flat=True)) == [leader.email, reader.email]


def test_mail_speaks_the_language_of_its_reader_and_links_to_the_file(settings, journey, leader, reader):
    run = sent(begun(schedule_of(journey, [leader, reader])))
    links = {file.language: settings.PUBLIC_URL + file.job.get_absolute_url() for file in run.files.all()}

    send_due_mails()

    english, german = sorted(mail.outbox, key=lambda message: message.to != [leader.email])
    assert english.subject.startswith("Poster of “A trip with us”, ")
    assert english.body == (
        "Hello Leader,\n\n"
        "The poster of “A trip with us” is ready.\n\n"
        f"{links['en']}\n\n"
        "The link asks you to sign in.\n\n"
        "You get this mail because a schedule of Northern Air names you. To be taken off it, ask one of the managers "
        "there.\n"
    )
    assert german.subject.startswith("Plakat „A trip with us“, ")
    assert german.body.startswith(
        "Guten Tag Lena,\n\ndas Plakat „A trip with us“ ist fertig.\n\n"
        f"{links['de']}\n\nDer Link führt über die Anmeldung."
    )
    assert (english.attachments, german.attachments) == ([], [])


def test_schedule_that_is_looked_at_twice_makes_one_run(journey, leader):
    schedule = schedule_of(journey, [leader])
    begun(schedule)

    again = begin_due(schedule)

    assert (again, ScheduleRun.objects.count(), Poster.objects.count()) == (None, 1, 1)
    assert list(to_begin()) == []


def test_run_that_is_ended_twice_mails_once(journey, leader):
    run = sent(begun(schedule_of(journey, [leader])))

    end(run)

    assert OutgoingMail.objects.count() == 1


def test_mails_and_the_note_that_they_were_written_come_together_or_not_at_all(journey, leader):
    run = begun(schedule_of(journey, [leader]))
    finish(run.files.get().job)

    with transaction.atomic():
        end(run)
        transaction.set_rollback(True)  # as when it is killed before the commit
    before = (statement(run), OutgoingMail.objects.count())
    end(run)

    assert before == ((RunState.MAKING, 0, ""), 0)
    assert (statement(run), OutgoingMail.objects.count()) == ((RunState.SENT, 1, ""), 1)


def test_file_that_is_still_made_keeps_the_others_waiting(journey, leader, reader):
    run = begun(schedule_of(journey, [leader, reader]))
    finish(run.files.first().job)

    end(run)

    assert statement(run) == (RunState.MAKING, 0, "")


def test_missed_runs_are_made_up_for_once_and_the_mail_says_so(time_machine, journey, leader):
    time_machine.move_to("2026-10-02 12:00:00+00:00", tick=False)
    schedule = schedule_of(journey, [leader])

    time_machine.move_to("2026-11-18 12:00:00+00:00", tick=False)
    tend_schedules()
    run = sent(ScheduleRun.objects.get())
    send_due_mails()

    schedule.refresh_from_db()
    assert (run.was_missed, run.left_out, schedule.next_run_at.isoformat()) == (True, 6, "2026-11-23T08:00:00+00:00")
    assert (
        "It was due on 5 Oct 2026, when the service did not run. It was made up for on 18 Nov 2026 and shows "
        "that day. 6 more that were missed are left out.\n"
    ) in mail.outbox[0].body


def test_run_that_begins_within_the_hour_was_not_missed(journey, leader):
    run = begun(schedule_of(journey, [leader]), late=timedelta(minutes=59))

    assert (run.was_missed, run.left_out) == (False, 0)


def test_who_has_left_or_lost_the_role_gets_nothing(make_member, in_scope, journey, leader, reader):
    third = make_member(in_scope, Role.OWNER)
    schedule = schedule_of(journey, [leader, reader, third])
    Membership.objects.filter(user=leader).delete()

    run = begun(schedule)
    Membership.objects.filter(user=reader).update(role=Role.STAFF)
    run = sent(run)
    written = list(OutgoingMail.objects.values_list("to", flat=True))
    Membership.objects.filter(user=third).update(role=Role.STAFF)
    send_due_mails()

    assert (written, mail.outbox, OutgoingMail.objects.count()) == ([third.email], [], 0)


def test_deleted_schedule_sends_no_mail_that_waits(journey, leader):
    run = sent(begun(schedule_of(journey, [leader])))

    run.schedule.delete()
    send_due_mails()

    assert (mail.outbox, Poster.objects.count()) == ([], 1)


def test_schedule_whose_list_is_empty_by_now_fails_and_tells_an_owner(make_member, in_scope, journey, leader):
    boss = make_member(in_scope, Role.OWNER)
    schedule = schedule_of(journey, [leader])
    Membership.objects.filter(user=leader).delete()

    run = begun(schedule)

    told = OutgoingMail.objects.get()
    assert statement(run) == (
        RunState.FAILED,
        0,
        "Nobody on its list is a member who may see it. Choose whom to send it to.",
    )
    assert (told.to, told.subject) == (boss.email, "Not sent: Poster: A trip with us")
    assert (Poster.objects.count(), owner_of(schedule)) == (0, boss)


def test_what_cannot_be_made_tells_its_owner_once_what_to_change(journey, leader):
    Moment.objects.all().delete()
    schedule = schedule_of(journey, [leader])

    run = begun(schedule)
    end(run)

    run.refresh_from_db()
    [told] = OutgoingMail.objects.all()
    problem = "This journey has no moment yet. Add the first contact in which a customer forms an opinion of you."
    assert statement(run) == (RunState.FAILED, 0, problem)
    assert len(run.reference) == 8
    assert told.to == leader.email
    assert problem in told.body
    assert f"Reference {run.reference}" in told.body
    assert schedule.get_absolute_url() in told.body


def test_failed_file_tells_the_owner_and_does_not_hold_up_the_others(journey, leader, reader):
    run = begun(schedule_of(journey, [leader, reader]))
    german, english = run.files.all()
    finish(english.job)
    Poster.objects.filter(pk=german.poster_id).update(state=State.FAILED, error_code="time", reference="3F9A22C1")

    end(run)
    end(run)

    mails = {row.to: row for row in OutgoingMail.objects.all()}
    to_leader = list(OutgoingMail.objects.filter(to=leader.email).values_list("subject", flat=True))
    run.refresh_from_db()
    assert (run.state, run.mail_count, run.reference) == (RunState.FAILED, 1, "3F9A22C1")
    assert run.problem.startswith("This took longer than one file may take.")
    assert sorted(mails) == [leader.email]
    assert (len(to_leader), "Not sent: Poster: A trip with us" in to_leader) == (2, True)


@pytest.mark.parametrize(
    ("lose", "problem"),
    [
        (lambda job: cancel(job), "Somebody stopped it while it was being made. Run it once more."),
        (lambda job: job.delete(), "The file was deleted before it could be sent. Run it once more."),
    ],
)
def test_file_that_is_stopped_or_deleted_is_told(lose, problem, journey, leader):
    run = begun(schedule_of(journey, [leader]))
    lose(run.files.get().job)

    tend_schedules()

    assert statement(run) == (RunState.FAILED, 0, problem)


@pytest.mark.parametrize(
    ("allows", "wants", "size", "attached", "said"),
    [
        (True, True, 20, 1, "sign in. The PDF is attached.\n"),
        (True, False, 20, 0, "sign in.\n"),
        (False, True, 20, 0, "sign in.\n"),
        (True, True, ATTACHED_BYTES_MAX + 1, 0, "sign in. The PDF is too large for a mail.\n"),
    ],
)
def test_file_is_attached_where_schedule_and_organisation_agree(
    allows, wants, size, attached, said, in_scope, journey, leader
):
    in_scope.attaches_reports = allows
    in_scope.save()
    run = begun(schedule_of(journey, [leader], is_attached=wants))
    finish(run.files.get().job, b"x" * size)
    end(run)

    send_due_mails()

    [message] = mail.outbox
    assert said in message.body
    assert [(file.filename, len(file.content), file.mimetype) for file in message.attachments] == [
        ("A-trip-with-us.pdf", size, "application/pdf")
    ] * attached


def test_mail_without_its_file_leaves_with_the_link_alone(in_scope, journey, leader, settings):
    in_scope.attaches_reports = True
    in_scope.save()
    run = sent(begun(schedule_of(journey, [leader], is_attached=True)))
    for path in settings.ARTIFACT_DIR.rglob("*.pdf"):
        path.unlink()

    send_due_mails()

    assert (mail.outbox[0].attachments, "attached" in mail.outbox[0].body) == ([], False)
    assert run.files.get().job.get_absolute_url() in mail.outbox[0].body


def test_paused_schedule_rests_and_makes_nothing_up_when_resumed(time_machine, journey, leader):
    time_machine.move_to("2026-10-02 12:00:00+00:00", tick=False)
    schedule = schedule_of(journey, [leader])
    pause(schedule)

    time_machine.move_to("2026-11-18 12:00:00+00:00", tick=False)
    tend_schedules()
    resume(schedule)
    tend_schedules()

    schedule.refresh_from_db()
    assert (ScheduleRun.objects.count(), schedule.next_run_at.isoformat()) == (0, "2026-11-23T08:00:00+00:00")


def test_schedule_of_an_archived_journey_rests(journey, leader):
    schedule = schedule_of(journey, [leader], next_run_at=timezone.now())
    type(journey).objects.update(archived_at=timezone.now())

    tend_schedules()

    assert ScheduleRun.objects.count() == 0
    assert begin_now(schedule, leader).problem.startswith("The journey is archived.")


@ANY_KIND
def test_closed_round_starts_its_schedules_once_its_results_are_out(kind, journey, leader):
    now = timezone.now()
    schedule = schedule_of(journey, [leader], kind=kind, rhythm="round_closed", watches_from=now)
    closed_round(journey, now - timedelta(days=1), title="Before")
    fresh = closed_round(journey, now, is_out=False, title="Fresh")
    nothing = list(to_begin_by_round()), begin_by_round(schedule)
    ResultSheet.objects.create(round=fresh, figures=figures())
    batch = Batch.objects.create(round=fresh, view="staff", number=1)
    counted_in_part = list(to_begin_by_round()), begin_by_round(schedule)

    Batch.objects.filter(pk=batch.pk).update(profiles=[], is_shown=True)
    found = list(to_begin_by_round())
    tend_schedules()
    tend_schedules()

    run = ScheduleRun.objects.get()
    assert (nothing, counted_in_part, found) == (([], []), ([], []), [schedule])
    assert (run.round, run.due_at, run.was_missed, run.files.count()) == (fresh, now, False, 1)


def test_poster_of_a_round_shows_the_newest_each_time(journey, leader):
    now = timezone.now()
    old = closed_round(journey, now - timedelta(days=30))
    schedule = schedule_of(journey, [leader], options={"size": "A3", "shows": f"round-{old.pk}"})
    before = begin_now(schedule, leader)
    new = closed_round(journey, now)

    after = begin_now(schedule, leader)

    assert [run.files.get().job.round for run in (before, after)] == [old, new]


def test_round_that_closes_again_is_made_again(journey, leader):
    now = timezone.now()
    schedule = schedule_of(journey, [leader], rhythm="round_closed", watches_from=now - timedelta(hours=2))
    round_ = closed_round(journey, now - timedelta(hours=1))
    begin_by_round(schedule)

    type(round_).objects.update(closed_at=now)
    round_.sheet.save()
    begin_by_round(schedule)

    assert list(ScheduleRun.objects.values_list("due_at", flat=True)) == [now, now - timedelta(hours=1)]


def test_run_asked_for_by_hand_leaves_the_plan_alone(journey, manager, leader):
    schedule = schedule_of(journey, [leader])
    planned = schedule.next_run_at

    run = begin_now(schedule, manager)

    schedule.refresh_from_db()
    assert (run.asked_by, run.files.get().job.requested_by) == (manager, manager)
    assert (schedule.next_run_at, schedule.last_run_at is not None) == (planned, True)


def test_poster_that_exists_already_is_sent_without_being_made_anew(journey, leader):
    schedule = schedule_of(journey, [leader])
    sent(begun(schedule))

    run = begin_now(schedule, leader)
    tend_schedules()

    assert (Poster.objects.count(), statement(run)) == (1, (RunState.SENT, 1, ""))


def test_nothing_due_calls_no_worker(journey, leader):
    schedule = schedule_of(journey, [leader])
    quiet = call_for_schedules()

    Schedule.objects.filter(pk=schedule.pk).update(next_run_at=timezone.now())

    assert (quiet, call_for_schedules()) == (0, 1)


def test_one_schedule_that_breaks_does_not_hold_up_another(journey, leader):
    broken = schedule_of(journey, [leader], options={"size": "A3", "shows": "scenario-7"}, next_run_at=timezone.now())
    good = schedule_of(journey, [leader], next_run_at=timezone.now())
    Schedule.objects.filter(pk=broken.pk).update(options={"size": 7})

    tend_schedules()

    states = dict(ScheduleRun.objects.values_list("schedule", "state"))
    assert states == {broken.pk: RunState.FAILED, good.pk: RunState.MAKING}


def test_schedules_of_all_organisations_are_tended(organisation, other_organisation, make_member):
    for place in (organisation, other_organisation):
        with scope(organisation=place):
            schedule_of(journey_row(place), [make_member(place, Role.LEADER)], next_run_at=timezone.now())

    tend_schedules()

    counts = []
    for place in (organisation, other_organisation):
        with scope(organisation=place):
            counts.append((ScheduleRun.objects.count(), Poster.objects.count()))
    assert counts == [(1, 1), (1, 1)]
