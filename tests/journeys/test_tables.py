"""Tables in and out: columns found by their headings, rows with their reasons, nothing that runs or bursts."""

from __future__ import annotations

import csv
import gzip
import io
import json
import subprocess
import sys
import zipfile
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from xlsxwriter import Workbook

from journeys.formats.columns import COLUMNS, match_columns
from journeys.formats.formulas import guard, unguard
from journeys.formats.table_plan import read_table
from journeys.formats.table_writer import write_csv, write_xlsx
from journeys.limits import CELL_MAX, FILE_MAX, ROWS_MAX
from journeys.plan import JourneyPlan, MomentPlan, StagePlan
from tests.conftest import FIXTURES
from tests.journeys.plans import PLANS, is_storable

SPECTRUM, HOSTILE = FIXTURES / "csv-spectrum", FIXTURES / "hostile-files"
ABSENT = pytest.mark.skipif(not HOSTILE.exists(), reason="../shared/fixtures/csv-spectrum and hostile-files are absent")
NAUGHTY = FIXTURES / "naughty-strings" / "blns.json"


def one(title: str = "M", stage: str = "S", **more) -> JourneyPlan:
    return JourneyPlan("T", stages=(StagePlan(stage, (MomentPlan(title, **more),)),))


def workbook(*rows: list) -> bytes:
    content = io.BytesIO()
    with Workbook(content) as book:
        sheet = book.add_worksheet("Plan")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return content.getvalue()


def test_each_rejected_row_is_told_with_its_reason():
    rows = [f"M{number};level 9" for number in range(500)]
    table = "\n".join(["moment;level", "Good;3", *rows]).encode()

    reading = read_table(table)

    assert [moment.title for moment in reading.plan.moments] == ["Good"]
    assert [finding.line for finding in reading.findings if finding.is_error] == list(range(3, 503))


def has_titles(plan: JourneyPlan) -> bool:
    """Whether no title is blank: a row without one names no moment."""
    return all(part.title.strip() for part in (plan, *plan.stages, *plan.moments))


@given(plan=PLANS)
@settings(max_examples=200, deadline=None)
def test_written_csv_reads_back_exactly(plan):
    assume(has_titles(plan))

    assert read_table(write_csv(plan)).plan == plan


@given(plan=PLANS)
@settings(max_examples=60, deadline=None)
def test_written_workbook_reads_back_to_sixteen_digits(plan):
    """A workbook holds no more digits of a number."""
    assume(has_titles(plan))

    read = read_table(write_xlsx(plan)).plan

    assert read == rounded(plan)


def rounded(plan: JourneyPlan) -> JourneyPlan:
    return replace(plan, stages=tuple(StagePlan(s.title, tuple(map(_round, s.moments))) for s in plan.stages))


def _round(moment: MomentPlan) -> MomentPlan:
    contacts, seconds = (float(f"{value:.16g}") for value in (moment.contacts_per_customer, moment.seconds))
    return replace(moment, contacts_per_customer=contacts, seconds=seconds)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        *(("=1+1", "'=1+1"), ("+49", "'+49"), ("-5", "'-5"), ("@SUM", "'@SUM"), ("\t=1", "'\t=1"), ("\rx", "'\rx")),
        *(("＝1", "'＝1"), ("＋1", "'＋1"), ("－1", "'－1"), ("＠x", "'＠x"), ("\0=", "'\0="), (" =1", "' =1")),
        *(("'=1", "''=1"), ("'twas", "'twas"), ("a=1", "a=1"), ("", "")),
    ],
)
def test_guard_makes_formulas_texts_and_back(text, written):
    assert (guard(text), unguard(written)) == (written, text)


@given(text=st.text("'=+-@\t\r ＝a"))
def test_guarded_texts_come_back(text):
    assert unguard(guard(text)) == text


def test_no_cell_of_an_export_runs():
    plan = JourneyPlan("=T", 5, "@c", stages=(StagePlan("+S", (MomentPlan("-M", "=x", what_more="＝y"),)),))

    cells = [cell for row in csv.reader(io.StringIO(write_csv(plan).decode("utf-8-sig"), newline="")) for cell in row]
    with zipfile.ZipFile(io.BytesIO(write_xlsx(plan))) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml")

    assert [cell for cell in cells if cell.startswith(tuple("=+-@＝"))] == []
    assert {"'=T", "'@c", "'+S", "'-M", "'=x", "'＝y"} < set(cells)
    assert b"<f>" not in sheet


@pytest.mark.parametrize(
    ("headings", "fields"),
    [
        (["Phase", "Touchpoint", "Rating"], ["stage", "title", "level"]),
        (["MOMENT", "contacts_per_customer", "Seconds (mean)"], ["title", "contacts_per_customer", "seconds"]),
        (["Title", "Title", "smell"], ["title", "", ""]),
        (["Customers a year", "Customer", "Journey"], ["customers_per_year", "customer", "journey"]),
        ([str(words[0]) for words in COLUMNS.values()], list(COLUMNS)),
        (list(COLUMNS), list(COLUMNS)),
    ],
)
def test_match_columns_knows_headings_by_their_words(headings, fields):
    assert match_columns(headings) == fields


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "utf-32"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_read_table_takes_any_encoding_and_delimiter(encoding, delimiter):
    text = "Stage;Moment;Channel;Seconds\nVorher;Rückruf;phone;300.5\n".replace(";", delimiter)

    reading = read_table(text.encode(encoding))

    assert reading.plan.stages == (StagePlan("Vorher", (MomentPlan("Rückruf", channel="phone", seconds=300.5),)),)


@pytest.mark.parametrize(
    ("words", "encoding"), [("Звонок клиента", "cp1251"), ("Łączy się źle", "cp1250"), ("Café größer", "cp1252")]
)
def test_read_table_tells_windows_pages_apart(words, encoding):
    reading = read_table(f"Moment,Seconds\n{words},5\n".encode(encoding))

    assert ([moment.title for moment in reading.plan.moments], reading.source) == ([words], encoding)


def test_read_table_reads_decimal_commas_and_units():
    table = "Moment;Contacts;Seconds;Level;Make or break\nA;0,5;300,5;Surprising;x\nB;2 a month;1:30;4/6;no\n"

    reading = read_table(table.encode())

    first = MomentPlan("A", contacts_per_customer=0.5, seconds=300.5, level=5, is_make_or_break=True)
    second = MomentPlan("B", contacts_per_customer=24, seconds=90, level=4)
    assert reading.plan.moments == (first, second)
    assert reading.rows_rejected == 0


def test_read_table_takes_the_columns_that_were_said():
    content = b"a,b,c\nx,y,7\n"

    refused, reading = read_table(content), read_table(content, {1: "title", 2: "seconds"})

    assert refused.refused == "No column is known to hold the moments. Say which one does."
    assert reading.plan.moments == (MomentPlan("y", seconds=7),)
    assert [column.field for column in reading.columns] == ["", "title", "seconds"]


def test_read_table_says_why_it_left_a_row_out():
    long = "x" * (CELL_MAX + 1)
    rows = ["A,5,3,phone", ",5,3,phone", "B,-1,3,phone", "C,5,9,phone", "D,5,3,fax", f"{long},1,1,web", "E\0,1,1,web"]

    reading = read_table("\n".join(["Moment,Seconds,Level,Channel", *rows]).encode())

    assert [moment.title for moment in reading.plan.moments] == ["A", "D"]
    assert reading.rows_rejected == 5
    said = [(finding.place, finding.text, finding.is_error) for finding in reading.findings if "Row" in finding.place]
    assert said == [
        ("Row 3", "The moment has no title.", True),
        ("Row 4", "Seconds each: “-1” is below 0. Write 0 or more.", True),
        ("Row 5", "Level: There is no level 9. Levels go from 1 to 6.", True),
        ("Row 6", "Channel: “fax” is not known there.", False),
        ("Row 7", f"A cell has more than {CELL_MAX} characters, or there are too many cells.", True),
        ("Row 8", "Moment: A character U+0000 can't be kept. Delete it.", True),
    ]  # fmt: skip


def test_rows_of_one_stage_come_together():
    reading = read_table(b"Stage,Moment\nA,1\nB,2\nA,3\n,4\n")

    assert [(stage.title, [moment.title for moment in stage.moments]) for stage in reading.plan.stages] == [
        ("A", ["1", "3", "4"]),
        ("B", ["2"]),
    ]


def test_workbook_cells_are_read_as_typed():
    rows = (
        ["Stage", "Moment", "Seconds", "Level", "Make or break"],
        ["S", "M", 12.5, 3, True],
        ["S", 7, 1e-5, "", False],
    )

    reading = read_table(workbook(*rows))

    first = MomentPlan("M", seconds=12.5, level=3, is_make_or_break=True)
    assert reading.plan.stages == (StagePlan("S", (first, MomentPlan("7", seconds=1e-5))),)
    assert reading.source == "Plan"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "This file holds no rows."),
        (b"\xef\xbb\xbf", "This file holds no rows."),
        (b"\n\n,,\n", "This file holds no rows."),
        (b"a" * (FILE_MAX + 1), "This file is larger than 5 MB. Take a part of it."),
        (b"\x1f\x8b\x08\x00\x00\x01\xff\xfe", "This file is not a text. Save it as CSV or XLSX."),
        (b"PK\x03\x04broken", "This workbook can't be read. Save it anew as XLSX, without a password, or as CSV."),
        (b'Moment\n"a', "A quotation mark in line 2 is not closed, or text follows the closing one."),
        (b"," * 201, "This file holds no rows."),
        (b"a" + b",a" * 201, "This table has more than 200 columns. Delete some."),
        (b"Moment\n" + b"a\n" * (ROWS_MAX + 1), f"This table has more than {ROWS_MAX} rows. Take a part of it."),
    ],
    ids=["empty", "mark", "blank", "large", "binary", "zip", "quote", "commas", "columns", "rows"],
)
def test_read_table_refuses_with_a_reason(content, reason):
    assert read_table(content).refused == reason


def test_workbook_that_names_a_far_cell_is_refused():
    """The reader of sheets would make room for all cells up to that one."""
    content = io.BytesIO()
    with Workbook(content) as book:
        sheet = book.add_worksheet()
        sheet.write_string(0, 0, "Moment")
        sheet.write_string(1_000_000, 16_000, "x")

    assert read_table(content.getvalue()).refused.startswith("This workbook is too large")


@given(content=st.binary(max_size=300) | st.binary(max_size=300).map(lambda noise: b"Moment,Seconds,Level\n" + noise))
@settings(max_examples=300, deadline=None)
def test_any_bytes_give_a_storable_journey(content):
    assert is_storable(read_table(content).plan)


@given(cut=st.integers(0, 6000), noise=st.binary(max_size=8))
@settings(max_examples=100, deadline=None)
def test_broken_workbooks_give_a_storable_journey(cut, noise):
    whole = write_xlsx(one())

    assert is_storable(read_table(whole[:cut] + noise + whole[cut + len(noise) :]).plan)


def test_table_of_thousands_of_wrong_rows_is_not_read_to_its_end():
    wrong, right = b"Waits,never\n", b"Asks,5\n"

    mended = read_table(b"Moment,Seconds\n" + wrong * 1_999 + right)
    given_up = read_table(b"Moment,Seconds\n" + wrong * 2_000 + right)

    assert [moment.title for moment in mended.plan.moments] == ["Asks"]
    assert (given_up.plan.moments, given_up.rows_rejected) == ((), 2_001)


def test_table_of_empty_lines_is_refused():
    reading = read_table(b"Moment\n" + b"\n" * 200_001 + b"Asks\n")

    assert reading.refused == "This table has more than 200000 lines. Take a part of it."


def spectrum_names() -> list:
    """All but the one whose JSON speaks of other values than its CSV."""
    names = {path.stem for path in SPECTRUM.glob("csvs/*.csv")} - {"location_coordinates"}
    return sorted(names) or [pytest.param("", marks=ABSENT)]


@pytest.mark.parametrize("name", spectrum_names())
def test_csv_spectrum_has_the_expected_first_column(name):
    rows = json.loads((SPECTRUM / "json" / f"{name}.json").read_text())
    expected = [next(iter(row.values())) for row in rows]

    reading = read_table((SPECTRUM / "csvs" / f"{name}.csv").read_bytes(), {0: "title"})

    assert [moment.title for moment in reading.plan.moments] == expected


_MEASURE = """
import sys, django
from benchmarks.hostile_probe import memory_mb
django.setup()
from journeys.formats.table_plan import read_table
from tests.journeys.test_tables import hostile_contents
read_table(b"Moment")
before = memory_mb()
for content in hostile_contents():
    read_table(content, {0: "title"})
print(int(memory_mb() - before))
"""


def hostile_contents():
    """Each file, and the first 5 MB of each that is packed."""
    for path in sorted(HOSTILE.iterdir()):
        yield path.read_bytes()
        if path.suffix == ".gz":
            with gzip.open(path) as packed:
                yield packed.read(FILE_MAX)


@ABSENT
def test_hostile_files_are_read_or_refused_within_50_mb():
    """In a process of its own, since memory that other tests took would hide what these take."""
    answer = subprocess.run([sys.executable, "-c", _MEASURE], capture_output=True, text=True, timeout=60)

    assert answer.stderr == ""
    assert int(answer.stdout) < 50


@ABSENT
@pytest.mark.parametrize(
    "name",
    ["billion_laughs", "bomb_100MB_sheet", "bomb_unreferenced_100MB_part", "claims_1048576_rows", "external_entity"],
)
def test_hostile_workbooks_are_refused(name):
    assert read_table((HOSTILE / f"{name}.xlsx").read_bytes()).refused.startswith("This workbook ")


@ABSENT
def test_hostile_tables_are_read():
    german = read_table((HOSTILE / "latin1_semicolon_decimalcomma.csv").read_bytes())
    utf16 = read_table((HOSTILE / "utf16le_bom.csv").read_bytes())

    assert german.plan.moments == (MomentPlan("Rückruf", seconds=300.5),)
    assert [moment.title for moment in utf16.plan.moments] == ["Zürich"]


@pytest.mark.skipif(not NAUGHTY.exists(), reason="../shared/fixtures/naughty-strings is absent")
@pytest.mark.parametrize("write", [write_csv, write_xlsx])
def test_naughty_strings_come_back_from_tables(write):
    strings = [text[:200] for text in json.loads(NAUGHTY.read_text()) if text.strip() and "\0" not in text]
    stages = tuple(StagePlan(text, (MomentPlan(text, text, what_more=text),)) for text in strings)

    for start in range(0, len(stages), 20):
        plan = JourneyPlan("Naughty", stages=stages[start : start + 20])
        assert read_table(write(plan)).plan == plan
