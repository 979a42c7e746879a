"""Asking for reports of a round and of several journeys, and the pages on the way to the file."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from accounts.access import Role
from assessments.models import Batch, Idea, ResultSheet, Round, RoundMoment
from jobs.models import State
from jobs.problems import Refusal
from jobs.work import work_on
from journeys.models import Moment
from journeys.plan import JourneyPlan, MomentPlan, StagePlan
from journeys.sequence import create_journey
from reports.leader import freezing as leader
from reports.models import Report
from reports.portfolio import freezing as portfolio
from reports.report_making import make_report
from reports.report_text import check_inputs
from tests.assessments.rounds import make_open_round
from tests.assessments.sheets import figures, ideas, judged

CHOSEN = {"language": "de", "paper": "Letter", "is_archive": "on"}


def address(name: str, *args: object) -> str:
    return reverse(name, args=["northern-air", *args])


def only_report(organisation) -> Report:
    with scope(organisation=organisation):
        return Report.objects.select_related("organisation", "round").get()


def test_report_is_asked_for_and_waits(manager_client, round_, organisation):
    answer = manager_client.post(address("report_make", round_.pk), CHOSEN)

    made = only_report(organisation)
    assert answer.url == address("report_page", made.pk)
    assert (made.kind, made.language, made.paper, made.is_archive) == ("leader", "de", "Letter", True)
    assert (made.title, made.round_id, made.journey_id) == ("A trip with us: Autumn", round_.pk, round_.journey_id)
    assert made.state == State.QUEUED


def test_asking_twice_gives_one_report(manager_client, round_):
    first, second = [manager_client.post(address("report_make", round_.pk), CHOSEN) for _ in range(2)]

    assert first.url == second.url


def test_worker_makes_the_file_and_the_page_offers_it(manager_client, round_, organisation):
    manager_client.post(address("report_make", round_.pk), {"language": "en", "paper": "A4"})
    made = only_report(organisation)

    work_on(Report, made.pk, make_report)

    page = manager_client.get(address("report_page", made.pk)).content.decode()
    file = manager_client.get(address("report_file", made.pk))
    assert "The report is ready" in page
    assert b"".join(file.streaming_content).startswith(b"%PDF-1.7")
    assert file["Content-Disposition"] == 'attachment; filename="A-trip-with-us-Autumn-leader-A4-en.pdf"'
    assert file["Cache-Control"] == "private, no-cache"


def test_form_begins_with_what_most_want_and_lists_what_was_made(manager_client, round_):
    manager_client.post(address("report_make", round_.pk), CHOSEN)

    page = manager_client.get(address("report_make", round_.pk)).content.decode()

    assert '<option value="en" selected>English</option>' in page
    assert '<option value="A4" selected>A4</option>' in page
    assert "A trip with us: Autumn" in page
    assert "Letter, for the archive, Deutsch" in page


@pytest.mark.parametrize("said", [{}, {"language": "xx", "paper": "A4"}, {"language": "en", "paper": "A0"}])
def test_what_is_no_choice_is_said_beside_the_field(manager_client, round_, organisation, said):
    answer = manager_client.post(address("report_make", round_.pk), said)

    with scope(organisation=organisation):
        assert Report.objects.count() == 0
    assert answer.status_code == 422
    assert 'class="errorlist"' in answer.content.decode()


def test_round_without_results_says_when_there_will_be_a_report(manager_client, organisation):
    with scope(organisation=organisation):
        round_ = make_open_round(organisation)

    answers = [manager_client.get(address("report_make", round_.pk)), manager_client.post(
        address("report_make", round_.pk), CHOSEN)]  # fmt: skip

    assert [answer.status_code for answer in answers] == [200, 422]
    assert "they appear when it closes" in answers[0].content.decode()
    assert "<form method" not in answers[0].content.decode().split("<main")[1]


def test_round_with_too_few_answers_has_no_report(round_, organisation):
    few = figures(responses={view: {"n": None, "groups": {}} for view in ("staff", "customers")})
    with scope(organisation=organisation):
        ResultSheet.objects.filter(round=round_).update(figures=few)

        assert leader.why_not(round_) == "Too few people have answered for anything to be shown."


def test_text_that_can_not_be_set_is_said_on_the_form(manager_client, round_, organisation):
    with scope(organisation=organisation):
        moment = RoundMoment.objects.filter(round=round_).first()
        Moment.objects.filter(pk=moment.moment_id).update(what_more="x" * 2_000 + "y")

    answer = manager_client.post(address("report_make", round_.pk), CHOSEN)

    assert answer.status_code == 422
    assert "more than 2000 characters without a space" in answer.content.decode()


def test_inputs_hold_what_the_map_plans_and_the_ideas_that_may_be_read(round_, organisation):
    with scope(organisation=organisation):
        moment = RoundMoment.objects.filter(round=round_).first()
        Moment.objects.filter(pk=moment.moment_id).update(what_more="Say it.", decision="enhance")
        batch, silent = [Batch.objects.create(round=round_, view="staff", number=number) for number in (8, 9)]
        for text, of_batch in (("Shown", batch), ("Not shown", silent), ("Never out", None)):
            Idea.objects.create(round=round_, batch=of_batch, moment=moment, view="staff", text=text)
        sheet = judged(ideas={"staff": ideas({batch.pk: []}), "customers": ideas()})
        ResultSheet.objects.filter(round=round_).update(figures=sheet)

        inputs = leader.inputs_of(Round.objects.get(pk=round_.pk), language="sv")

    assert (inputs["ideas"]["count"], [idea["text"] for idea in inputs["ideas"]["shown"]]) == (1, ["Shown"])
    assert inputs["plans"][0] == {"position": 0, "title": moment.title, "decision": "enhance", "what_more": "Say it."}
    assert inputs["levels"]["6"] == "Otroligt"
    assert {"language", "paper", "is_archive", "made_on", "organisation", "figures", "kind"} < set(inputs)


def test_moments_are_called_as_in_the_reports_language(round_, organisation):
    with scope(organisation=organisation):
        RoundMoment.objects.filter(round=round_, position=0).update(translations={"de": {"title": "Sucht"}})

        moments = leader.inputs_of(Round.objects.get(pk=round_.pk), language="de")["figures"]["moments"]

    assert [(it["title"], it["language"]) for it in moments[:2]] == [("Sucht", "de"), ("Books", "en")]


def test_leader_may_ask_and_staff_may_not(client_of, make_member, organisation, round_):
    leader_client: Client = client_of(make_member(organisation, Role.LEADER))
    staff_client: Client = client_of(make_member(organisation, Role.STAFF))

    assert leader_client.post(address("report_make", round_.pk), CHOSEN).status_code == 302
    assert staff_client.post(address("report_make", round_.pk), CHOSEN).status_code == 403


def test_progress_is_silent_while_nothing_changes_and_leads_home_without_htmx(manager_client, round_, organisation):
    manager_client.post(address("report_make", round_.pk), CHOSEN)
    made = only_report(organisation)
    page = manager_client.get(address("report_page", made.pk))
    where = address("report_progress", made.pk)

    same = manager_client.get(f"{where}?seen={page.context['seen']}", headers={"HX-Request": "true"})
    other = manager_client.get(f"{where}?seen=old", headers={"HX-Request": "true"})

    assert (same.status_code, other.status_code) == (204, 200)
    assert manager_client.get(where).url == address("report_page", made.pk)


def test_step_is_named_while_it_runs(manager_client, round_, organisation):
    manager_client.post(address("report_make", round_.pk), CHOSEN)
    made = only_report(organisation)
    with scope(organisation=organisation):
        until = timezone.now() + timedelta(minutes=1)
        Report.objects.update(state="running", lease_token="0" * 32, lease_until=until, progress_step="heat")

    page = manager_client.get(address("report_page", made.pk)).content.decode()

    assert "3 of 7: drawing the heat map" in page


def test_report_is_stopped_and_made_again(manager_client, round_, organisation):
    manager_client.post(address("report_make", round_.pk), CHOSEN)
    made = only_report(organisation)

    manager_client.post(address("report_cancel", made.pk))
    made.refresh_from_db()
    again = manager_client.post(address("report_retry", made.pk))

    with scope(organisation=organisation):
        newest = Report.objects.first()
    assert made.state == State.CANCELLED
    assert again.url == address("report_page", newest.pk)
    assert (newest.state, newest.inputs, newest.round_id) == (State.QUEUED, made.inputs, round_.pk)


def test_results_lead_to_the_report(manager_client, round_):
    page = manager_client.get(address("round_results", round_.pk)).content.decode()

    assert address("report_make", round_.pk) in page


def test_portfolio_takes_the_newest_round_or_the_managers_estimate(manager_client, round_, other_journey, organisation):
    said = {"language": "en", "paper": "A4", "journeys": [round_.journey_id, other_journey.pk]}

    answer = manager_client.post(address("portfolio_make"), said)

    made = only_report(organisation)
    sides = {side["title"]: side for side in made.inputs["journeys"]}
    assert answer.url == address("report_page", made.pk)
    assert (made.kind, made.round_id) == ("portfolio", None)
    assert (sides["A visit"]["view"], sides["A visit"]["moments"][0]["damage_per_year"]) == ("manager", 5_000.0)
    assert {side["view"] for side in sides.values()} == {"manager", "customers"}


@pytest.mark.parametrize("count", [0, 1])
def test_portfolio_of_fewer_than_two_journeys_is_refused(manager_client, round_, other_journey, count):
    chosen = [round_.journey_id][:count]

    answer = manager_client.post(address("portfolio_make"), {"language": "en", "paper": "A4", "journeys": chosen})

    assert answer.status_code == 422
    assert "Choose two journeys or more." in answer.content.decode()


def test_journey_of_another_house_is_no_choice(manager_client, other_organisation, round_, other_journey):
    with scope(organisation=other_organisation):
        foreign = create_journey(other_organisation, JourneyPlan("Foreign"))

    answer = manager_client.post(
        address("portfolio_make"), {"language": "en", "paper": "A4", "journeys": [other_journey.pk, foreign.pk]}
    )

    assert answer.status_code == 422


def test_portfolio_needs_two_journeys_first(manager_client, other_journey):
    page = manager_client.get(address("portfolio_make")).content.decode()

    assert "It takes two journeys" in page


def test_portfolio_asks_the_same_few_questions_for_many_journeys(organisation, django_assert_num_queries):
    plan = JourneyPlan("A visit", 5_000, stages=(StagePlan("Before", (MomentPlan("Enters", level=2),)),))
    with scope(organisation=organisation):
        journeys = [create_journey(organisation, plan) for _ in range(8)]
        for journey in journeys:
            journey._prefetched_objects_cache = {}

        with django_assert_num_queries(5):  # words of levels, stages, moments, rounds, look
            inputs = portfolio.inputs_of(organisation, journeys, language="en")

    assert len(inputs["journeys"]) == 8
    check_inputs(inputs)


def test_command_writes_both_kinds(round_, other_journey, tmp_path):
    for options in ({"round": round_.pk}, {"portfolio": [round_.journey_id, other_journey.pk]}):
        out = tmp_path / "report.pdf"

        call_command("report", out=str(out), language="fr", paper="Letter", **options)

        assert out.read_bytes().startswith(b"%PDF-1.7")


@pytest.mark.parametrize(
    ("options", "complaint"),
    [({"round": 10**9}, "no round"), ({"portfolio": [10**9, 10**9 + 1]}, "no journey")],
)
def test_command_names_what_is_not_there(db, options, complaint, tmp_path):
    with pytest.raises(CommandError, match=complaint):
        call_command("report", out=str(tmp_path / "a.pdf"), **options)


def test_command_wants_two_journeys_of_one_house(other_journey, other_organisation, tmp_path):
    with scope(organisation=other_organisation):
        foreign = create_journey(other_organisation, JourneyPlan("Foreign"))

    for ids in ([other_journey.pk], [other_journey.pk, foreign.pk]):
        with pytest.raises(CommandError, match="of one organisation"):
            call_command("report", portfolio=ids, out=str(tmp_path / "a.pdf"))


def test_refusal_is_a_message_not_a_crash():
    inputs: dict[str, Any] = {"journeys": [{"title": "x" * 2_001, "moments": [{"title": "a"}]}]}

    with pytest.raises(Refusal):
        check_inputs(inputs)
