"""Who is meant by an @."""

from __future__ import annotations

import pytest

from journeys.mentions import Person, read_mentions, split_mentions, typed_for

ANNA = Person(1, "Anna Berg", "anna@north.example")
BERT = Person(2, "Bert de Vries", "bert@north.example")
OTHER_ANNA = Person(3, "Anna Holm", "holm@north.example")
TWIN = Person(4, "Bert  de Vries", "bdv@north.example")
NAMELESS = Person(5, "", "desk@north.example")
PEOPLE = (ANNA, BERT, OTHER_ANNA, NAMELESS)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("@Anna Berg, why?", {1: "Anna Berg"}),
        ("ask @anna   BERG!", {1: "anna   BERG"}),
        ("@holm@north.example.", {3: "holm@north.example"}),
        ("(@Bert)", {2: "Bert"}),
        ("@desk", {5: "desk"}),
        ("@Bert de Vries and @Anna Holm\n@Anna Berg", {2: "Bert de Vries", 3: "Anna Holm", 1: "Anna Berg"}),
        ("@Bert @Bert", {2: "Bert"}),
        ("write to bert@north.example", {}),
        ("@ nobody", {}),
    ],
)
def test_mentions_are_found_as_they_are_typed(text, found):
    assert read_mentions(text, PEOPLE).found == found


def test_mention_of_several_or_of_nobody_is_said():
    mentions = read_mentions("@Anna and @Zoe, @Zoe, @Bert", PEOPLE)

    assert (mentions.found, mentions.ambiguous, mentions.unknown) == ({2: "Bert"}, ("Anna",), ("Zoe",))


def test_mention_of_a_name_that_two_share_is_ambiguous():
    assert read_mentions("@Bert de Vries", (BERT, TWIN)).ambiguous == ("Bert de Vries",)


def test_mention_to_type_is_the_name_or_the_address_where_others_share_it():
    assert typed_for(ANNA, PEOPLE) == "Anna Berg"
    assert typed_for(BERT, (BERT, TWIN)) == "bert@north.example"
    assert typed_for(NAMELESS, PEOPLE) == "desk@north.example"


def test_mentions_split_a_text_and_lose_nothing():
    pieces = split_mentions("Hi @Anna Berg, @Anna!", ["Anna", "Anna Berg"])

    assert pieces == [(False, "Hi "), (True, "@Anna Berg"), (False, ", "), (True, "@Anna"), (False, "!")]


def test_mentions_of_a_text_full_of_at_signs_name_nobody():
    assert read_mentions("@x " * 600, PEOPLE).unknown == ("x",)
