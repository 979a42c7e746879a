"""Nothing that is shown, nor any sum or difference of it, is about fewer than k people."""

from __future__ import annotations

from assessments.privacy import publish_batch, sum_up
from tests.assessments.attacker import given_away
from tests.assessments.organisations import Asked, random_organisation

ORGANISATIONS = 1000
STAFF, A, B, C = ("staff",), ("staff", "A"), ("staff", "B"), ("staff", "C")


def test_no_group_below_the_minimum_can_be_worked_out():
    asked = [question for seed in range(ORGANISATIONS) for question in random_organisation(seed)]

    found = [given_away(question.sizes, question.seen(), question.minimum) for question in asked]

    assert [(question, sets) for question, sets in zip(asked, found, strict=True) if sets] == []


def test_attacker_works_out_what_the_plain_minimum_leaves():
    asked = [random_organisation(seed)[0] for seed in range(200)]

    exposed = [bool(given_away(question.sizes, _plainly_shown(question), question.minimum)) for question in asked]

    assert sum(exposed) > 80


def _plainly_shown(question):
    """Every cell from k people on, and nothing else hidden."""
    cells = [(index, path) for index, table in enumerate(question.batches) for path in sum_up(table)]
    people = [question.people(index, path) for index, path in cells]
    return [who for who in people if sum(question.sizes[column] for column in who) >= question.minimum]


def test_attacker_subtracts_groups_from_their_total():
    question = Asked([{A: (6,), B: (7,), C: (2,)}], minimum=5)
    everybody, just_a, just_b = (question.people(0, path) for path in (STAFF, A, B))

    assert given_away(question.sizes, [everybody, just_a, just_b], 5) == [frozenset({(0, C)})]
    assert given_away(question.sizes, [everybody, just_a], 5) == []


def test_attacker_combines_figures_that_overlap():
    sizes = {"ab": 4, "bc": 4, "ca": 4}
    rows = [frozenset({"ab", "bc"}), frozenset({"bc", "ca"}), frozenset({"ca", "ab"})]

    assert set(given_away(sizes, rows, 5)) == {frozenset({"ab"}), frozenset({"bc"}), frozenset({"ca"})}


def test_most_of_what_could_be_shown_is_shown():
    asked = [question for seed in range(200) for question in random_organisation(seed)]
    pairs = [(question, batch) for question in asked for batch in question.batches]

    large = [
        publish_batch(batch, question.minimum)[path] is not None
        for question, batch in pairs
        for path, counts in sum_up(batch).items()
        if sum(counts) >= question.minimum
    ]

    assert sum(large) / len(large) > 0.75
