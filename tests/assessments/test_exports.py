"""Results as files and on a terminal: the sheet's numbers, whole; what is hidden stays hidden."""

from __future__ import annotations

import csv
import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from python_calamine import CalamineWorkbook

from accounts.access import Role
from assessments.export_kinds import CONTENT_TYPES
from assessments.export_tables import TABLES
from assessments.models import ResultSheet
from assessments.rounds import make_round, open_round
from journeys.models import LevelWording
from tests.assessments.rounds import answer_by, make_open_round, make_released_round, release

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_(in_scope):
    """Staff and customers after a round before; a hidden group."""
    before = make_released_round(in_scope)
    after = make_round(before.journey, None, title="Spring", audience="both", previous=before)
    after.groups.create(name="=Night", position=0)
    after.groups.create(name="Crew", position=1)
    after = open_round(after)
    for number in range(12):
        answer_by(after, [1 + number % 5, 3, 6], "Crew", seconds=60.5 + number, decision="keep")
        answer_by(after, [1 + number % 2, 3, 6], view="customers")
    for _ in range(2):
        answer_by(after, [6, 6, 6], "=Night")
    return release(after)


def fetch(client, round_, **query):
    return client.get(reverse("results_export", args=[round_.organisation.slug, round_.pk]), query)


def sheets_of(response):
    book = CalamineWorkbook.from_filelike(io.BytesIO(response.content))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def csv_rows(client, round_, table):
    return list(
        csv.reader(io.StringIO(fetch(client, round_, **{"as": "csv"}, table=table).content.decode("utf-8-sig")))
    )


def numbers_in(value):
    """Every number of a part of the sheet."""
    if isinstance(value, dict):
        return [number for part in value.values() for number in numbers_in(part)]
    if isinstance(value, list):
        return [number for part in value for number in numbers_in(part)]
    return [float(value)] if isinstance(value, int | float) and not isinstance(value, bool) else []


def numbers_of_rows(rows):
    found = []
    for cell in (cell for row in rows for cell in row):
        try:
            found.append(float(cell))
        except ValueError:
            continue
    return found


def test_workbook_and_csv_hold_the_same_cells(manager_client, round_):
    sheets = sheets_of(fetch(manager_client, round_))

    assert list(sheets) == ["Moments", "Groups", "Whole journey", "Responses", "About", "Codebook", "Charts"]
    for (name, make), (title, rows) in zip(TABLES.items(), sheets.items(), strict=False):
        said = csv_rows(manager_client, round_, name)
        assert title == make(round_.sheet.figures).title
        assert [[in_12_digits(cell) for cell in row] for row in rows] == [
            [in_12_digits(c) for c in row] for row in said
        ]


def in_12_digits(cell):
    """A workbook keeps 16 digits of a number, and rounds the last."""
    try:
        return f"{float(cell):.12g}"
    except ValueError:
        return cell


def test_files_hold_every_number_of_the_sheet(manager_client, round_):
    figures = round_.sheet.figures
    tables = {name: numbers_of_rows(csv_rows(manager_client, round_, name)) for name in TABLES}

    told = {
        "moments": numbers_in([part_of(moment) for moment in figures["moments"]]),
        "groups": numbers_in([moment["groups"] for moment in figures["moments"]]),
        "whole": numbers_in(figures["whole"]),
        "responses": numbers_in(figures["responses"]),
    }

    assert {name: set(found) - set(tables[name]) for name, found in told.items()} == {name: set() for name in TABLES}
    assert len(told["moments"]) > 150
    assert sorted(tables["responses"]) == sorted(told["responses"])


def part_of(moment):
    """What the table of moments shows; its place counts from 1 there."""
    return {name: part for name, part in moment.items() if name not in ("groups", "position")}


def test_hidden_groups_are_empty_cells(manager_client, round_):
    [_, *rows] = csv_rows(manager_client, round_, "responses")

    assert rows == [
        ["Staff", "All", "14"],
        ["Staff", "'=Night", ""],
        ["Staff", "Crew", ""],
        ["Customers", "All", "12"],
        ["Customers", "'=Night", ""],
        ["Customers", "Crew", ""],
    ]


def test_no_cell_runs_as_a_formula(manager_client, round_):
    figures = round_.sheet.figures
    figures["moments"][0]["title"] = "=1+1"
    figures["round"]["title"] = "@cmd"
    ResultSheet.objects.filter(round=round_).update(figures=figures)

    said = csv_rows(manager_client, round_, "moments")
    sheets = sheets_of(fetch(manager_client, round_))

    assert said[1][2] == "'=1+1"
    assert sheets["Moments"][1][2] == "'=1+1"
    assert ["Round", "'@cmd"] in sheets["About"]


def test_codebook_tells_of_every_column(manager_client, round_):
    sheets = sheets_of(fetch(manager_client, round_))

    told = {(sheet, column) for sheet, column, meaning in sheets["Codebook"][1:] if meaning}

    columns = {(title, heading) for title in list(sheets)[:4] for heading in sheets[title][0]}
    assert told >= columns


def test_csv_is_named_for_journey_and_round_and_kept_by_nobody(manager_client, round_):
    response = fetch(manager_client, round_, **{"as": "csv"}, table="groups")

    assert response["Content-Disposition"] == 'attachment; filename="A trip with us, Spring, groups.csv"'
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Cache-Control"] == "private, no-store"
    assert response.content.startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize("query", [{"as": "pdf"}, {"as": "csv", "table": "ratings"}])
def test_other_files_are_not_there(manager_client, round_, query):
    assert fetch(manager_client, round_, **query).status_code == 404


def test_round_without_results_leads_back_to_itself(manager_client, in_scope):
    round_ = make_open_round(in_scope)

    response = fetch(manager_client, round_)

    assert (response.status_code, response["Location"]) == (302, round_.get_absolute_url())


def test_staff_see_no_results(client_of, make_member, round_):
    client = client_of(make_member(round_.organisation, Role.STAFF))

    assert fetch(client, round_).status_code == 403


def test_command_prints_exactly_the_figures_of_the_page(round_, capsys):
    call_command("results", round_.pk, "--json")

    assert json.loads(capsys.readouterr().out) == round_.sheet.figures


def test_command_sums_up_in_words(round_, capsys):
    call_command("results", round_.pk)

    said = capsys.readouterr().out
    assert "A trip with us: Spring" in said
    assert "View Staff; Group All; Responses 14" in said
    assert "View Staff; Group =Night\n" in said


def test_command_says_where_there_are_no_results(in_scope):
    with pytest.raises(CommandError, match="Round 77 shows no results"):
        call_command("results", 77)


def test_json_holds_the_sheet_in_a_fixed_order_of_names(manager_client, round_):
    response = fetch(manager_client, round_, **{"as": "json"})

    told = json.loads(response.content)
    assert (told.pop("format"), told.pop("version")) == ("moments-of-truth/results", 1)
    ideas = told.pop("ideas")
    assert told == {name: value for name, value in round_.sheet.figures.items() if name not in ("format", "ideas")}
    assert ideas["staff"].keys() == {"may_be_read", "groups"}
    assert response.content == f"{json.dumps(json.loads(response.content), indent=2, sort_keys=True)}\n".encode()
    assert response["Content-Type"] == "application/json"


@pytest.mark.parametrize(
    ("kind", "content_type", "start"), [("svg", "image/svg+xml", b"<svg xmlns="), ("png", "image/png", b"\x89PNG")]
)
def test_ladder_is_a_picture_to_keep_that_runs_nothing(kind, content_type, start, manager_client, round_):
    response = fetch(manager_client, round_, **{"as": kind})

    assert (response.status_code, response["Content-Type"]) == (200, content_type)
    assert response.content.startswith(start)
    assert response["Content-Disposition"] == f'attachment; filename="A trip with us, Spring.{kind}"'
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_pictures_name_the_levels_as_the_organisation_does(manager_client, round_, in_scope):
    LevelWording.objects.create(organisation=in_scope, language="en", level=6, name="Wow", meaning="More than hoped")

    assert b">6 Wow<" in fetch(manager_client, round_, **{"as": "svg"}).content


def test_result_page_offers_every_file(manager_client, round_):
    page = manager_client.get(reverse("round_results", args=[round_.organisation.slug, round_.pk])).content.decode()

    assert [kind for kind in CONTENT_TYPES if f"?as={kind}" not in page] == []


@pytest.mark.parametrize("kind", list(CONTENT_TYPES))
def test_command_writes_the_same_file_as_the_page(kind, manager_client, round_, tmp_path):
    out = tmp_path / f"results.{kind}"

    call_command("results", round_.pk, "--format", kind, "--table", "groups", "--out", str(out))

    offered = fetch(manager_client, round_, **{"as": kind}, table="groups").content
    if kind == "xlsx":  # a workbook notes when it was written
        assert CalamineWorkbook.from_path(str(out)).sheet_names[-1] == "Charts"
    else:
        assert out.read_bytes() == offered


def test_command_says_where_a_file_cannot_be_written(round_, tmp_path):
    with pytest.raises(CommandError, match="can't be written: No such file or directory"):
        call_command("results", round_.pk, "--format", "csv", "--out", str(tmp_path / "no" / "where.csv"))
