"""Three sentences for every kind of round."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils.translation import override

from assessments.sentences import three_sentences
from tests.assessments.sheets import figure, figures, judged, moment, score, whole

LAST = {"round": {"previous": {"id": 3, "title": "Spring"}}}


def plain_sentences(sheet: dict[str, Any]) -> list[str]:
    """Without the marks that keep a title's direction."""
    with override("en"):
        return [said.replace("\u2068", "").replace("\u2069", "") for said in three_sentences(sheet)]


def test_sentences_name_weakest_moment_blind_spot_and_risk():
    assert plain_sentences(judged()) == [
        "The sequence is weakest at “Waits at the gate”: customers put it at level 1.9 of 6, and about 7,500 "
        "contacts a "
        "year are damaged there.",
        "We fool ourselves at “Waits at the gate”: we think it is level 4.1, customers say 1.9.",
        "About 4,320 customers a year meet a poor moment; if 32% (PwC 2018) of them leave, we lose 1,380.",
    ]


def weakest_of(counts: tuple[int, ...], view: str = "customers", **fields: Any) -> str:
    weak = moment(0, "Gate", views={"staff": None, "customers": None, view: score(*counts)}, **fields)
    return plain_sentences(figures([weak], weakest={"position": 0, "view": view}))[0]


@pytest.mark.parametrize(
    ("counts", "view", "damage", "sentence"),
    [
        ((5, 5, 0, 0, 0, 0), "staff", {"contacts_per_year": 1234567.0, "view": "staff"},
         "The sequence is weakest at “Gate”: we ourselves, the staff, put it at level 1.5 of 6, and about 1,230,000 "
         "contacts a year are damaged there."),
        ((0, 0, 5, 5, 0, 0), "customers", {"contacts_per_year": 0.0, "view": "customers"},
         "The sequence is weakest at “Gate”: customers put it at level 3.5 of 6, and nobody called it poor."),
        ((5, 5, 0, 0, 0, 0), "customers", {"contacts_per_year": 0.0, "view": "customers"},
         "The sequence is weakest at “Gate”: customers put it at level 1.5 of 6, and 100% of the answers call it "
         "poor."),
        ((5, 5, 0, 0, 0, 0), "customers", {"contacts_per_year": 0.4, "view": "customers"},
         "The sequence is weakest at “Gate”: customers put it at level 1.5 of 6, and about 1 contact a year is damaged "
         "there."),
        ((5, 5, 0, 0, 0, 0), "customers", None, "The sequence is weakest at “Gate”: customers put it at level 1.5 "
        "of 6."),
        ((5, 5, 0, 0, 0, 0), "customers", {"contacts_per_year": 5.0, "view": "staff"},
         "The sequence is weakest at “Gate”: customers put it at level 1.5 of 6."),
    ],
)  # fmt: skip
def test_weakest_sentence_ends_with_the_damage_that_is_known(counts, view, damage, sentence):
    assert weakest_of(counts, view, damage=damage) == sentence


def test_weakest_sentence_without_figures_says_that_too_few_have_answered():
    assert plain_sentences(figures())[0] == (
        "Where the sequence is weakest can't be said yet: fewer than 5 people have answered."
    )


def spot(position: int, levels: float) -> dict[str, Any]:
    views = {"staff": score(0, 0, 0, 5, 5, 0), "customers": score(0, 5, 5, 0, 0, 0)}
    flagged = {"levels": levels, "low": levels - 0.1, "high": levels + 0.1, "is_flagged": levels >= 0.5}
    return moment(position, f"M{position}", views=views, blind_spot=flagged)


@pytest.mark.parametrize(
    ("levels", "sentence"),
    [
        ((0.7, 1.9), "We fool ourselves most at “M1”: we think it is level 4.5, customers say 2.5; and at 1 other "
        "moment "
                     "too."),
        ((0.7, 1.9, 0.9), "We fool ourselves most at “M1”: we think it is level 4.5, customers say 2.5; and at 2 other "
                          "moments too."),
        ((0.1,), "We see no blind spot: at the 1 moment that both judged, staff are not clearly kinder than "
        "customers."),
        ((0.1, -2.0), "We see no blind spot: at none of the 2 moments that both judged are staff clearly kinder than "
                      "customers."),
        ((), "Whether we fool ourselves can't be said: no moment has enough answers from both staff and customers."),
    ],
)  # fmt: skip
def test_blind_spot_sentence_counts_the_others(levels, sentence):
    assert plain_sentences(figures([spot(at, gap) for at, gap in enumerate(levels)]))[1] == sentence


@pytest.mark.parametrize(
    ("views", "hidden", "sentence"),
    [
        (("staff",), (), "Only staff were asked, so this is our own view: ask customers too, and you learn where "
        "we fool "
                         "ourselves."),
        (("customers",), (), "Only customers were asked: ask staff the same, and you learn where we fool ourselves."),
        (("staff", "customers"), ("customers",),
         "Whether we fool ourselves can't be said: fewer than 5 customers have answered."),
        (("staff", "customers"), ("staff",),
         "Whether we fool ourselves can't be said: fewer than 5 of the staff have answered."),
        (("staff", "customers"), ("staff", "customers"),
         "Whether we fool ourselves can't be said either: it takes answers from both staff and customers."),
    ],
)  # fmt: skip
def test_blind_spot_sentence_says_who_has_not_answered(views, hidden, sentence):
    sheet = figures(views=views)
    for view in hidden:
        sheet["responses"][view]["n"] = None

    assert plain_sentences(sheet)[1] == sentence


def changed(position: int, levels: float, view: str, *, is_clear: bool = True) -> dict[str, Any]:
    change = {"levels": levels, "low": levels - 0.1, "high": levels + 0.1, "is_clear": is_clear}
    return moment(position, f"M{position}", change={"staff": None, "customers": None, view: change})


@pytest.mark.parametrize(
    ("levels", "view", "sentence"),
    [
        ((0.4, 0.9, -0.3, -1.25), "customers", "Since “Spring”, in customers' eyes, “M1” (by 0.9) and 1 other got "
        "clearly "
         "better and “M3” (by 1.2) and 1 other clearly worse."),
        ((0.4,), "staff", "Since “Spring”, in our own view, “M0” (by 0.4) got clearly better and nothing clearly "
        "worse."),
        ((-0.4, -0.5, -0.6), "staff", "Since “Spring”, in our own view, “M2” (by 0.6) and 2 others got clearly "
        "worse and "
         "nothing clearly better."),
    ],
)  # fmt: skip
def test_change_sentence_names_only_what_is_clear(levels, view, sentence):
    moments = [changed(at, by, view) for at, by in enumerate(levels)] + [changed(9, 3.0, view, is_clear=False)]

    assert plain_sentences(figures(moments, **LAST))[2] == sentence


def test_change_sentence_without_a_clear_change_says_so():
    sheet = figures([changed(0, 3.0, "staff", is_clear=False)], **LAST)

    assert plain_sentences(sheet)[2] == (
        "Since “Spring”, in our own view, no moment changed by more than chance could explain."
    )


def test_without_comparable_moments_the_third_sentence_is_the_risk():
    assert "customers a year meet a poor moment" in plain_sentences(figures([moment(0, "Gate")], **LAST))[2]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"views": ["staff"]}, "By our own view about 4,320 customers a year meet a poor moment; if 32% (PwC 2018) "
        "of them "
         "leave, we lose 1,380."),
        ({"round": {"customers_per_year": 0}}, "How many customers are at risk can't be said: the map doesn't know the "
         "customers a year."),
        ({"whole": {"customers": whole(customers_met=None)}}, "How many customers are at risk can't be said: no "
        "moment has "
         "enough answers."),
        ({"whole": {"customers": whole(customers_met=figure(0.2), customers_at_risk=figure(0.1))}},
         "By these answers hardly any customer meets a poor moment, so none is at risk."),
        ({"responses": {"staff": {"n": None}, "customers": {"n": None}}},
         "Ask more people: figures appear as soon as enough have answered that nobody can be recognised."),
    ],
)  # fmt: skip
def test_risk_sentence_for_every_kind_of_figure(fields, sentence):
    assert plain_sentences(figures(**fields))[2] == sentence


def test_titles_keep_their_own_direction():
    sheet = figures([moment(0, "البوابة", views={"staff": score(5, 5, 0, 0, 0, 0)})], ["staff"])
    sheet["weakest"] = {"position": 0, "view": "staff"}

    assert "“\u2068البوابة\u2069”" in three_sentences(sheet)[0]
