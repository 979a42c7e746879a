"""Charts of a workbook of results: which cells they draw, and that no name in them can run."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree

import pytest
from python_calamine import CalamineWorkbook

from assessments.export_files import write_xlsx
from tests.assessments.sheets import figures, judged, moment, score

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def charts_of(content: bytes) -> list[ElementTree.Element]:
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        names = sorted(name for name in book.namelist() if name.startswith("xl/charts/chart"))
        return [ElementTree.fromstring(book.read(name)) for name in names]


def cells(content: bytes, sheet: str) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def area(rows: list[list[object]], reference: str) -> list[object]:
    """The cells of Moments!$C$2:$C$4, a column."""
    _sheet, _bang, place = reference.partition("!")
    (first, last) = (part.strip("$").split("$") for part in place.split(":"))
    number = sum((ord(letter) - 64) * 26**power for power, letter in enumerate(reversed(first[0])))
    return [row[number - 1] for row in rows[int(first[1]) - 1 : int(last[1])]]


def drawn(content: bytes, chart: ElementTree.Element, sheet: str = "Moments") -> list[list[object]]:
    """The values of each series, read from the cells that it refers to."""
    rows = cells(content, sheet)
    return [area(rows, element.findtext(f"{C}numRef/{C}f") or "") for element in chart.iter(f"{C}val")]


def shortened(value: object) -> object:
    """A workbook keeps 16 digits of a number."""
    return round(value, 9) if isinstance(value, float) else value


def title_of(chart: ElementTree.Element) -> str:
    title = chart.find(f"{C}chart/{C}title")
    return "".join(title.itertext()) if title is not None else ""


def test_workbook_draws_the_ladder_each_views_levels_and_damage():
    charts = charts_of(write_xlsx(judged()))

    assert [title_of(chart) for chart in charts] == [
        "Ladder: mean level of each moment",
        "Staff: answers by level",
        "Customers: answers by level",
        "Damage: poor contacts a year",
    ]
    assert [next(chart.iter(f"{C}plotArea"))[1].tag.removeprefix(C) for chart in charts] == [
        "lineChart",
        "barChart",
        "barChart",
        "barChart",
    ]


def test_ladder_draws_the_means_and_breaks_where_one_is_hidden():
    content, told = write_xlsx(judged()), judged()["moments"]

    [ladder, *_others] = charts_of(content)

    means = [[(it["views"][view] or {"mean": ""})["mean"] for it in told] for view in ("staff", "customers")]
    assert [[shortened(mean) for mean in line] for line in drawn(content, ladder)] == [
        *([shortened(mean) for mean in line] for line in means),
        [4.0, 4.0, 4.0],
    ]
    assert "" in means[1]
    assert [blank.get("val") for blank in ladder.iter(f"{C}dispBlanksAs")] in ([], ["gap"])  # left out, it is a gap
    assert [axis.get("val") for axis in (next(ladder.iter(f"{C}min")), next(ladder.iter(f"{C}max")))] == ["1", "6"]


def test_levels_are_drawn_as_they_were_counted():
    content, told = write_xlsx(judged()), judged()["moments"]

    staff = charts_of(content)[1]

    assert drawn(content, staff) == [[it["views"]["staff"]["counts"][level] for it in told] for level in range(6)]
    assert next(staff.iter(f"{C}grouping")).get("val") == "percentStacked"


def test_damage_is_drawn_in_the_order_of_enhancement():
    told = figures(
        [
            moment(place, title, damage={"contacts_per_year": contacts, "view": "staff"})
            for place, (title, contacts) in enumerate([("Dials", 10.0), ("=Waits", 70.0)])
        ],
        enhance=[{"position": 1}, {"position": 0}],
    )
    content = write_xlsx(told)

    damage = charts_of(content)[-1]

    assert cells(content, "Charts")[:3] == [
        ["Order of enhancement", "Damage a year"],
        ["'=Waits", 70.0],
        ["Dials", 10.0],
    ]
    assert drawn(content, damage, "Charts") == [[70.0, 10.0]]


@pytest.mark.parametrize("views", [["staff"], ["customers"]])
def test_one_view_has_a_ladder_and_its_levels_alone(views):
    told = figures([moment(0, "Dials", views={"staff": score(0, 0, 1, 2, 3, 0), "customers": None})], views=views)

    assert len(charts_of(write_xlsx(told))) == 2


def test_charts_hold_no_name_of_a_moment_that_could_run():
    told = figures([moment(0, "=cmd|' /C calc'!A0", views={"staff": score(0, 0, 1, 2, 3, 0), "customers": None})])

    texts = [text for chart in charts_of(write_xlsx(told)) for text in chart.itertext()]

    assert {text for text in texts if "cmd" in text} == {"'=cmd|' /C calc'!A0"}


def test_workbook_of_nothing_opens():
    content = write_xlsx(figures([]))

    assert cells(content, "Moments")[0][2] == "Moment"


def test_long_journey_keeps_its_charts_within_a_sheet():
    told = figures([moment(place, f"M {place}") for place in range(300)])

    with zipfile.ZipFile(io.BytesIO(write_xlsx(told))) as book:
        drawing = book.read("xl/drawings/drawing1.xml").decode()

    assert drawing.count("<c:chart ") == 3
