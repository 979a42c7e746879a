"""What people say of communications: counted once a device, shown in batches, and beside our own estimate."""

from __future__ import annotations

import pytest

from improvements.communications import asking as communication_asking
from improvements.communications.asking import NEVER, NotTaken, Said, asked_of, forget_hand_ins, read_answers
from improvements.communications.figures import Figure, Gap, Opinion, estimate, figure_of, gap_between
from improvements.communications.keeping import communications_of, remove_communication
from improvements.communications.lines import Line, Whose, lines_of
from improvements.communications.opinions import opinions_of, participation
from improvements.communications.rules import Verdict
from improvements.communications.surveys import make_survey, renew_survey, revoke_survey, surveys_of, usual_minimum
from improvements.models import Asked, CommunicationHandIn, CommunicationTally
from tests.assessments.rounds import make_open_round
from tests.improvements.rated import answer, ask, judge_all, send

pytestmark = pytest.mark.django_db


def shown(organisation) -> dict:
    return opinions_of(organisation, surveys_of(organisation))


def line_of(organisation) -> Line:
    [line] = lines_of(communications_of(organisation), shown(organisation), None)
    return line


def test_figure_is_the_mean_with_its_standard_error():
    assert figure_of([0, 1, 0, 1, 0, 0]) == Figure(3.0, 2, 1.0)
    assert figure_of([0, 0, 5]) == Figure(3.0, 5, 0.0)


@pytest.mark.parametrize(
    ("ours", "theirs", "gap"),
    [
        (None, Figure(2.0, 5, 0.1), None),
        (Figure(2.0, 5, 0.1), None, None),
        (estimate(4), Figure(2.0, 5, 0.1), Gap(2.0)),
        (estimate(2), Figure(3.0, 5, 0.1), Gap(-1.0)),
        (estimate(3), Figure(2.6, 50, 0.01), None),
        (estimate(4), Figure(3.0, 5, 0.6), None),
        (Figure(4.0, 9, 0.4), Figure(3.0, 9, 0.4), None),
        (Figure(4.0, 9, 0.3), Figure(3.0, 9, 0.3), Gap(1.0)),
    ],
)
def test_gap_is_named_from_half_a_step_on_where_it_is_no_chance(ours, theirs, gap):
    assert gap_between(ours, theirs) == gap


def test_answers_are_read_and_what_no_page_sends_counts_as_empty():
    posted = {
        "relevance-1": "5", "level-1": "6", "relevance-2": NEVER, "level-2": "6", "level-3": "2", "relevance-4": "6",
        "level-4": "0", "relevance-5": "²", "level-x": "1", "level-6-6": "1", "submission": "a", "relevance-7": "",
    }  # fmt: skip

    assert read_answers(posted) == {1: Said(False, 5, 6), 2: Said(never_saw=True), 3: Said(level=2)}


def test_one_person_rates_twenty_at_most():
    assert len(read_answers({f"level-{number}": "3" for number in range(1, 99)})) == 20


def test_figure_comes_out_in_batches_so_that_looking_twice_shows_nobody_s_answer(in_scope):
    row, survey = send(in_scope), ask(in_scope)

    seen = []
    for number in range(11):
        answer(survey, {row.pk: Said(relevance=1 + number % 5, level=6 if number > 4 else 1)})
        seen.append(shown(in_scope)["customers"].get(row.pk))

    first = Opinion(Figure(3.0, 5, pytest.approx(0.7071, abs=1e-4)), Figure(1.0, 5, 0.0), 0.0)
    both = Opinion(
        Figure(3.0, 10, pytest.approx(0.4714, abs=1e-4)), Figure(3.5, 10, pytest.approx(0.8333, abs=1e-4)), 0.0
    )
    assert seen == [None] * 4 + [first] * 5 + [both] * 2


def test_each_question_has_its_own_minimum(in_scope):
    row, survey = send(in_scope), ask(in_scope)
    for said in [Said(level=4)] * 4 + [Said(relevance=3)] * 4 + [Said(never_saw=True)] * 4:
        answer(survey, {row.pk: said})

    assert shown(in_scope)["customers"] == {row.pk: Opinion(None, None, 20.0)}  # of the ten that came out


def test_raised_minimum_hides_again_and_none_is_ever_lowered(in_scope):
    row, survey = send(in_scope), ask(in_scope, minimum=3)
    judge_all(survey, row, [(3, 3)] * 3)
    before = shown(in_scope)["customers"]
    revoke_survey(survey)

    raised = make_survey(in_scope, "customers", 7, None)
    revoke_survey(raised)
    again = make_survey(in_scope, "customers", 3, None)

    assert list(before) == [row.pk]
    assert (raised.minimum_group, again.minimum_group, again.pk) == (7, 7, survey.pk)
    assert shown(in_scope)["customers"] == {}


def test_nothing_of_a_person_is_kept_but_that_a_device_has_handed_in(in_scope):
    row, survey = send(in_scope), ask(in_scope)

    answer(survey, {row.pk: Said(relevance=2, level=5)}, device="phone")

    kept = {tally.asked: (tally.waiting, tally.counts) for tally in CommunicationTally.objects.all()}
    assert kept == {
        Asked.SEEN: ([0, 1], [0, 0]),
        Asked.RELEVANCE: ([0, 1, 0, 0, 0], [0] * 5),
        Asked.LEVEL: ([0, 0, 0, 0, 1, 0], [0] * 6),
    }
    [note] = CommunicationHandIn.objects.values()
    assert set(note) == {"id", "survey_id", "device_hmac", "handed_in_on"}
    assert "phone" not in note["device_hmac"]


def test_how_many_answered_is_told_in_whole_batches(in_scope):
    row, survey = send(in_scope), ask(in_scope)
    told = []
    for _number in range(7):
        answer(survey, {row.pk: Said(level=3)})
        survey.refresh_from_db()
        told.append(participation(survey).at_least)

    assert told == [0, 0, 0, 0, 5, 5, 5]


def test_one_device_hands_in_once(in_scope):
    row, survey = send(in_scope), ask(in_scope)

    taken = [answer(survey, {row.pk: Said(level=level)}, device="phone") for level in (3, 4)]

    assert taken == [True, False]
    assert CommunicationTally.objects.get(asked=Asked.LEVEL).waiting == [0, 0, 1, 0, 0, 0]


@pytest.mark.parametrize("end", [revoke_survey, renew_survey])
def test_ended_link_takes_nothing_even_from_who_is_answering(in_scope, end):
    row, survey = send(in_scope), ask(in_scope)
    end(survey)

    with pytest.raises(NotTaken):
        answer(survey, {row.pk: Said(level=3)})

    assert CommunicationTally.objects.count() == CommunicationHandIn.objects.count() == 0


def test_what_is_off_the_list_or_somebody_else_s_is_not_counted(in_scope, other_organisation):
    gone, survey = send(in_scope), ask(in_scope)
    remove_communication(gone)
    foreign = send(other_organisation)

    answer(survey, {pk: Said(level=3) for pk in (gone.pk, foreign.pk, 10**17)})

    assert CommunicationTally.objects.count() == 0
    assert asked_of(in_scope, "phone") == []


def test_each_device_is_asked_twenty_of_many_in_an_order_of_its_own(in_scope):
    for number in range(60):
        send(in_scope, f"Letter {number}")

    asked = {device: [row.name for row in asked_of(in_scope, device)] for device in ("one", "two")}

    assert [len(set(names)) for names in asked.values()] == [20, 20]
    assert asked["one"] != asked["two"]
    assert asked["one"] == [row.name for row in asked_of(in_scope, "one")]
    assert len({name for device in range(40) for name in (row.name for row in asked_of(in_scope, str(device)))}) == 60


def test_customers_judge_else_staff_else_we(in_scope):
    row = send(in_scope, relevance=5, level=5)
    ours = line_of(in_scope)
    judge_all(ask(in_scope, "staff"), row, [(4, 2)] * 5)
    with_staff = line_of(in_scope)
    judge_all(ask(in_scope), row, [(1, 3)] * 5)
    with_customers = line_of(in_scope)

    lines = (ours, with_staff, with_customers)
    assert [line.verdict for line in lines] == [Verdict.ENRICHES, Verdict.UNDERMINES, Verdict.STOP]
    assert [line.judges for line in lines] == [[Whose.OURS], [Whose.STAFF], [Whose.CUSTOMERS]]
    assert [(cell.whose, cell.is_counted, cell.gap) for cell in with_customers.level_cells] == [
        (Whose.OURS, False, None), (Whose.STAFF, False, Gap(3.0)), (Whose.CUSTOMERS, True, Gap(-1.0))
    ]  # fmt: skip


def test_relevance_of_others_stands_in_and_is_named(in_scope):
    row = send(in_scope, relevance=1)
    survey = ask(in_scope)
    for _number in range(5):
        answer(survey, {row.pk: Said(level=3)})

    line = line_of(in_scope)

    assert (line.verdict, line.judges) == (Verdict.STOP, [Whose.CUSTOMERS, Whose.OURS])


def test_proposed_minimum_is_the_largest_of_rounds(in_scope):
    before = usual_minimum(in_scope)
    round_ = make_open_round(in_scope)
    type(round_).objects.filter(pk=round_.pk).update(minimum_group=8)

    assert (before, usual_minimum(in_scope)) == (5, 8)


def test_notes_of_devices_go_after_their_passes(in_scope, monkeypatch):
    row, survey = send(in_scope), ask(in_scope)
    answer(survey, {row.pk: Said(level=3)})
    kept = forget_hand_ins()
    monkeypatch.setattr(communication_asking, "HAND_INS_KEPT_DAYS", -1)

    assert (kept, forget_hand_ins(), CommunicationHandIn.objects.count()) == (0, 1, 0)
