"""What is hidden and what is shown, rule by rule. That it is enough: test_attacker.py."""

from __future__ import annotations

import pytest

from assessments.privacy import (
    check_minimum,
    may_release,
    publish,
    publish_batch,
    publish_comments,
)
from tests.assessments.organisations import random_organisation

STAFF, A, B, C, D = ("staff",), ("staff", "A"), ("staff", "B"), ("staff", "C"), ("staff", "D")


def shown_sizes(sizes, minimum=5):
    """n of each cell that is shown, of people who all said the same."""
    cells = publish([{path: (n,) for path, n in sizes.items()}], minimum)
    return {path: counts[0] for path, counts in cells.items() if counts}


def test_small_group_takes_the_smallest_other_with_it():
    assert shown_sizes({A: 9, B: 6, C: 2}) == {STAFF: 17, A: 9}


def test_small_groups_that_are_enough_together_take_nobody():
    assert shown_sizes({A: 9, B: 3, C: 2}) == {STAFF: 14, A: 9}


def test_people_without_a_group_are_a_rest_too():
    assert shown_sizes({STAFF: 2, A: 9, B: 6}) == {STAFF: 17, A: 9}
    assert shown_sizes({STAFF: 5, A: 9, B: 6}) == {STAFF: 20, A: 9, B: 6}


def test_empty_group_looks_like_a_small_one_and_takes_nobody():
    cells = publish([{A: (9,), B: (6,), C: (0,)}], 5)

    assert cells == {STAFF: (15,), A: (9,), B: (6,), C: None}


def test_first_of_equals_is_hidden():
    assert shown_sizes({B: 6, A: 6, C: 1}) == {STAFF: 13, B: 6}


def test_parts_of_a_hidden_group_are_hidden():
    assert shown_sizes({(*A, "x"): 6, (*A, "y"): 6, B: 20, C: 1}) == {STAFF: 33, B: 20}


def test_too_few_at_all_show_nothing():
    assert publish([{A: (2, 1), B: (1, 0)}], 5) == {STAFF: None, A: None, B: None}


def test_views_do_not_hide_one_another():
    customers = ("customers",)

    assert shown_sizes({STAFF: 8, customers: 2}) == {STAFF: 8}


def test_counts_by_level_are_those_of_everybody_in_the_cell():
    cells = publish([{A: (5, 1, 0), (*A, "x"): (0, 0, 7), B: (0, 2, 3)}], 5)

    assert cells == {STAFF: (5, 3, 10), A: (5, 1, 7), (*A, "x"): (0, 0, 7), B: (0, 2, 3)}


def test_higher_minimum_hides_more():
    sizes = {A: 9, B: 8, C: 7}

    assert [len(shown_sizes(sizes, minimum)) for minimum in (3, 7, 8, 9, 25)] == [4, 4, 2, 2, 0]


def test_second_batch_adds_only_where_enough_are_new():
    first, second = {A: (6,), B: (8,)}, {A: (7,), B: (3,), C: (2,)}

    assert publish([first], 5) == {STAFF: (14,), A: (6,), B: (8,)}
    assert publish([first, second], 5) == {STAFF: (26,), A: (13,), B: (8,), C: None}


def test_order_of_batches_does_not_matter():
    batches = random_organisation(4)[0].batches + random_organisation(5)[0].batches

    assert publish(batches, 5) == publish(batches[::-1], 5)


def test_last_batch_of_a_few_is_left_out():
    assert publish([{A: (9,)}, {A: (4,)}], 5) == {STAFF: (9,), A: (9,)}


def test_no_batches_show_nothing():
    assert publish([], 5) == {}


@pytest.mark.parametrize("minimum", [2, 0, -5])
def test_minimum_below_three_is_refused_everywhere(minimum):
    for refusing in (check_minimum, lambda k: publish_batch({A: (9,)}, k), lambda k: publish_comments({A: 99}, k)):
        with pytest.raises(ValueError, match="at least 3"):
            refusing(minimum)


def test_answer_without_a_view_is_refused():
    with pytest.raises(ValueError, match="belongs to a view"):
        publish([{(): (9,)}], 5)


def test_tables_of_different_questions_are_refused():
    with pytest.raises(ValueError, match="zip"):
        publish([{A: (9, 1)}, {A: (9,)}], 5)


def test_batch_waits_for_the_minimum():
    assert [may_release(waiting, 5) for waiting in (0, 4, 5, 6)] == [False, False, True, True]


def test_comments_need_ten_responses_and_no_small_rest():
    assert publish_comments({A: 12, B: 9}, 5) == {STAFF}
    assert publish_comments({A: 12, B: 10}, 5) == {STAFF, A, B}
    assert publish_comments({A: 12, B: 10, C: 11, D: 4}, 5) == {STAFF, A, C}
    assert publish_comments({A: 9}, 5) == frozenset()


def test_comments_follow_a_minimum_above_ten():
    assert publish_comments({A: 12, B: 15}, 13) == {STAFF}
