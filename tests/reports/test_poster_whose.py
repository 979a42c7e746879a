"""Team sheets with a round: whose levels stand on them, and that they say so."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from django.urls import reverse
from django.utils.translation import override
from pypdf import PdfReader

from assessments.models import ResultSheet, Round
from journeys.models import Moment
from reports.models import Poster
from reports.posters.content import content_of
from reports.posters.layout import in_words
from reports.posters.rendering import render_poster
from reports.round_freezing import freeze_round
from tests.assessments.rounds import make_released_round
from tests.reports.poster_rounds import CUSTOMERS, STAFF, round_inputs, said

GROUP = {"name": "Gate team", "responses": 7}
ALONE = "Staff’s levels are those of the group “Gate team” alone; all else is of everybody who answered."


def words_of(inputs: dict[str, Any]) -> str:
    return " ".join(PdfReader(io.BytesIO(render_poster(inputs))).pages[0].extract_text().split())


def ids_of(round_: Round) -> list[int]:
    return list(Moment.objects.filter(stage__journey=round_.journey).values_list("pk", flat=True))


@pytest.fixture
def round_(in_scope) -> Round:
    return make_released_round(in_scope)


def test_sheet_of_a_group_shows_what_the_round_shows_of_it(round_):
    figures, ids = ResultSheet.objects.get(round=round_).figures, ids_of(round_)
    gate = next(str(group["id"]) for group in figures["groups"] if group["name"] == "Gate team")

    frozen = freeze_round(round_, ids[:2], "gate  TEAM")

    assert frozen["group"] == {"name": "Gate team", "responses": figures["responses"]["staff"]["groups"][gate]}
    shown = [figures["moments"][place] for place in (0, 1)]
    assert frozen["moments"] == [
        said(each["groups"]["staff"][gate]["mean"], each["views"]["customers"]["mean"]) for each in shown
    ]
    assert [moment["staff"] for moment in frozen["moments"]] != [each["views"]["staff"]["mean"] for each in shown]
    assert frozen["responses"] == {"staff": 15, "customers": 12}


@pytest.mark.parametrize("team", ["Night", "Phone", ""])
def test_sheet_of_no_group_or_of_one_that_is_hidden_keeps_everybodys(round_, team):
    ids = ids_of(round_)

    frozen = freeze_round(round_, ids, team)

    assert frozen == freeze_round(round_, ids)
    assert ("group" in frozen, "Night" in str(frozen)) == (False, False)


def test_moment_that_a_group_may_not_show_stays_empty(round_):
    sheet = ResultSheet.objects.get(round=round_)
    gate = next(str(group["id"]) for group in sheet.figures["groups"] if group["name"] == "Gate team")
    sheet.figures["moments"][1]["groups"]["staff"][gate] = None
    sheet.save()

    frozen = freeze_round(round_, ids_of(round_), "Gate team")

    assert [moment["staff"] is None for moment in frozen["moments"]] == [False, True, False]


def test_sheet_of_a_group_names_it_at_its_curve_and_says_whose_the_rest_is():
    moments = [said(staff, customers) for staff, customers in zip(STAFF, CUSTOMERS, strict=True)]
    inputs = round_inputs(moments=moments, group=GROUP) | {"kind": "team", "subject": "Gate team"}

    content, words = content_of(inputs), words_of(inputs)

    assert f"{ALONE} “Gate team”: 7 answers." in words
    assert "Gate team, our own view" in words
    assert "Searches a fare: Gate team, our own view 3.4, customers 3.1" in in_words(content)


def test_weakest_moment_by_a_group_is_said_to_be_the_groups():
    moments = [said(staff) for staff in STAFF]
    whole = {"staff": {"loyalty_balance": None, "indifference_percent": None, "customers_at_risk": None}}
    frozen = {"views": ["staff"], "responses": {"staff": 212}, "whole": whole, "moments": moments, "group": GROUP}

    results = content_of(round_inputs(**frozen) | {"kind": "team", "subject": "Gate team"}).results

    assert "at level 2.0 by Gate team, our own view." in results.remark[1]


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ({"kind": "team", "subject": "Phone"}, "The levels are of everybody who answered, not of “Phone” alone."),
        ({}, ""),
    ],
)
def test_sheet_of_a_team_without_a_group_says_that_everybody_answered(kind, words):
    printed = content_of(round_inputs() | kind).results.small_print

    assert words in printed
    assert ("everybody who answered" in printed) == bool(words)


def test_name_of_a_group_is_printed_as_one_line_in_the_papers_language():
    with override("de"):
        inputs = round_inputs(language="de", group={"name": "Nacht\n<b>&", "responses": None})
        results = content_of(inputs | {"kind": "team", "subject": "x"}).results

    assert results.names["staff"] == "Nacht <b>&, unsere eigene Sicht"
    assert "allein die der Gruppe „Nacht <b>&“;" in results.small_print


def test_team_sheet_is_frozen_with_the_group_of_its_name(manager_client, organisation, round_):
    Moment.objects.filter(pk__in=ids_of(round_)[:2]).update(serves_in_front="Gate team")
    make = reverse("poster_make", args=[organisation.slug, round_.journey_id])

    for kind in ({"kind": "team", "subject": "front:gate team"}, {"kind": "wall"}):
        manager_client.post(make, {**kind, "size": "A4", "shows": f"round-{round_.pk}"})

    frozen = [poster.inputs["round"] for poster in Poster.objects.order_by("pk")]
    assert [row.get("group", {}).get("name") for row in frozen] == ["Gate team", None]


@pytest.mark.parametrize("size", ["A4", "A0"])
def test_longest_name_of_a_group_keeps_the_legend_on_the_sheet(size):
    name = "Gate team of the long night " * 3
    inputs = round_inputs(size, group={"name": name, "responses": 7}) | {"kind": "team", "subject": name}

    page = PdfReader(io.BytesIO(render_poster(inputs))).pages[0]

    words = " ".join(page.extract_text().split())
    assert re.search("Gate team of the long [a-z ]{0,9}…, our own view", words)
    assert f"the group “{name.strip()}” alone" in words


def test_word_without_a_break_leaves_no_column():
    results = content_of(round_inputs(group={"name": "W" * 80, "responses": None}) | {"kind": "team"}).results

    assert results.names["staff"] == f"{'W' * 13}…, our own view"
    assert f"the group “{'W' * 13}…” alone" in results.small_print
