"""Files of every kind that a log may come in, and files made to break whoever reads them."""

from __future__ import annotations

import gzip
import json
import zipfile
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import duckdb
import pytest
import xlsxwriter

from journeys.contacts import workbook_parts, workbooks
from journeys.contacts.aggregate import Aggregate
from journeys.contacts.engine import open_engine
from journeys.contacts.mapping import Mapping
from journeys.contacts.opening import open_source
from journeys.contacts.refusals import Refused
from journeys.contacts.sample import sniff
from tests.journeys.contact_logs import (
    HEADER,
    HOSTILE,
    HOSTILE_ABSENT,
    MAPPING,
    SPECTRUM,
    SPECTRUM_ABSENT,
    a_log,
    counted,
)

ROWS = (
    "1,2024-02-01 10:00:00,2024-02-01 10:05:00,Rückruf,Phone",
    '2,2024-02-01 11:00:00,2024-02-01 11:00:30,"Pay, and go",Desk',
    "1,2024-03-02 12:00:00,2024-03-02 12:00:10,Rückruf,Phone",
)
SPLIT = (
    ("1", "2024-02-01 10:00:00", "2024-02-01 10:05:00", "Rückruf", "Phone"),
    ("2", "2024-02-01 11:00:00", "2024-02-01 11:00:30", "Pay, and go", "Desk"),
    ("1", "2024-03-02 12:00:00", "2024-03-02 12:00:10", "Rückruf", "Phone"),
)


def said(aggregate: Aggregate) -> tuple[object, ...]:
    """Everything but files and rows."""
    return aggregate.cells, aggregate.hours, aggregate.days, aggregate.customers


def write_gzip(path: Path, text: str) -> Path:
    path.write_bytes(gzip.compress(text.encode()))
    return path


def write_with_duckdb(path: Path, options: str) -> Path:
    names = HEADER.split(",")
    values = ", ".join(str(row) for row in SPLIT)
    columns = ", ".join(f'"{name}"' for name in names)
    duckdb.sql(f"COPY (SELECT * FROM (VALUES {values}) AS rows({columns})) TO '{path}' ({options})")
    return path


def write_workbook(path: Path) -> Path:
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    for number, row in enumerate((HEADER.split(","), *SPLIT)):
        sheet.write_row(number, 0, row)
    book.close()
    return path


def write_encoded(path: Path, encoding: str, text: str) -> Path:
    path.write_bytes(text.encode(encoding))
    return path


PLAIN = "\n".join((HEADER, *ROWS)) + "\n"
BROAD = "\n".join((HEADER, *("\t".join(row) for row in SPLIT))).replace(",", "\t", 4) + "\n"
LINES = "\n".join(json.dumps(dict(zip(HEADER.split(","), row, strict=True))) for row in SPLIT)
MAKERS = {
    "gzip": lambda folder: write_gzip(folder / "log.csv.gz", PLAIN),
    "zstd": lambda folder: write_with_duckdb(folder / "log.csv.zst", "FORMAT csv, COMPRESSION zstd, HEADER"),
    "parquet": lambda folder: write_with_duckdb(folder / "log.parquet", "FORMAT parquet"),
    "json lines": lambda folder: write_encoded(folder / "log.jsonl", "utf-8", LINES),
    "workbook": lambda folder: write_workbook(folder / "log.xlsx"),
    "tabs": lambda folder: write_encoded(folder / "log.tsv", "utf-8", BROAD),
    "sep line": lambda folder: write_encoded(folder / "log.csv", "utf-8", "sep=\t\n" + BROAD),
    "crlf": lambda folder: write_encoded(folder / "log.csv", "utf-8", PLAIN.replace("\n", "\r\n")),
    "cr": lambda folder: write_encoded(folder / "log.csv", "utf-8", PLAIN.replace("\n", "\r")),
    "cp1252": lambda folder: write_encoded(folder / "log.csv", "cp1252", PLAIN),
    "utf-16": lambda folder: write_encoded(folder / "log.csv", "utf-16", PLAIN),
    "utf-8 with a mark": lambda folder: write_encoded(folder / "log.csv", "utf-8-sig", PLAIN),
    "a name like a pattern": lambda folder: write_encoded(folder / "l*g['1].csv", "utf-8", PLAIN),
}


@pytest.mark.parametrize("kind", MAKERS)
def test_a_log_says_the_same_in_every_kind_of_file(tmp_path, kind):
    plain = counted(a_log(tmp_path, *ROWS, name="plain.csv"))

    path = MAKERS[kind](tmp_path)

    assert said(counted(path)) == said(plain)
    sample = sniff(path)
    assert sample.columns == tuple(HEADER.split(","))
    assert sample.rows == SPLIT
    assert sample.mapping == replace(MAPPING, time_zone=None)


def test_letters_of_a_windows_page_late_in_a_file_are_found(tmp_path):
    rows = [f"{place},2024-02-01 10:00:00,2024-02-01 10:05:00,Call,Phone" for place in range(6_000)]
    path = tmp_path / "late.csv"
    path.write_bytes("\n".join((HEADER, *rows, *ROWS)).encode("cp1252"))

    aggregate = counted(path)

    assert aggregate.rows.counted == 6_003
    assert aggregate.cells_by("touchpoint")["Rückruf"].contacts == 2


def test_a_few_bytes_that_are_no_text_reject_their_rows_alone(tmp_path):
    path = tmp_path / "log.csv"
    path.write_bytes(f"{HEADER}\n{ROWS[0]}\n".encode() + b"3,2024-02-01 10:00,,\xff\xfe,x\n" + f"{ROWS[2]}\n".encode())

    rows = counted(path).rows

    assert (rows.counted, rows.reasons) == (2, {"not_text": 1})
    assert rows.examples["not_text"][0].row == 3


def write_zstd(path: Path, text: str) -> Path:
    lines = ", ".join("('" + line.replace("'", "''") + "')" for line in text.splitlines())
    options = "FORMAT csv, COMPRESSION zstd, HEADER false, QUOTE '', ESCAPE '', DELIMITER '\x01'"
    duckdb.sql(f"COPY (FROM (VALUES {lines})) TO '{path}' ({options})")
    return path


@pytest.mark.parametrize(
    ("name", "write"), [("log.xes.gz", write_gzip), ("log.xes.zst", write_zstd), ("log.xes", Path.write_text)]
)
def test_event_logs_are_read_with_their_cases(tmp_path, name, write):
    events = "".join(
        f'<event><string key="concept:name" value="{activity}"/>'
        f'<date key="time:timestamp" value="2024-01-01T10:0{at}:00.000+01:00"/>'
        f'<string key="lifecycle:transition" value="{step}"/></event>'
        for at, (activity, step) in enumerate((("Ask", "start"), ("Ask", "complete"), ("Pay", "complete")))
    )
    path = tmp_path / name
    case = '<string key="concept:name" value="c1"/>'
    xes = f'<log xmlns="http://www.xes-standard.org/"><trace>{case}{events}</trace></log>'
    write(path, '<?xml version="1.0"?>\n' + xes.replace("<event>", "\n<event>"))
    mapping = sniff(path).mapping

    assert mapping
    aggregate = counted(path, mapping=replace(mapping, time_zone="UTC"))

    assert {name: (cell.contacts, cell.milliseconds) for name, cell in aggregate.cells_by("touchpoint").items()} == {
        "Ask": (1, 60_000),
        "Pay": (1, 0),
    }
    assert aggregate.hours == {("Ask", 9): 1, ("Pay", 9): 1}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("log.xes", "<log>\n" + "<trace/>\n" * 50_000 + "</log>"),
        ("log.csv", "customer,start\n" + "c,2026-01-05\n" * 50_000),
    ],
)
def test_file_packed_with_zstd_that_is_cut_off_is_refused(tmp_path, name, text):
    whole = write_zstd(tmp_path / "whole.zst", text).read_bytes()
    path = tmp_path / f"{name}.zst"
    path.write_bytes(whole[: len(whole) // 2])

    with pytest.raises(Refused, match="breaks off"):
        counted(path)


@pytest.mark.parametrize("text", ['<!DOCTYPE log [<!ENTITY a "b">]><log>&a;</log>', "<log><trace></log>"])
def test_event_logs_with_entities_or_cut_off_are_refused(tmp_path, text):
    path = tmp_path / "log.xes"
    path.write_text(text)

    with pytest.raises(Refused, match="event log"):
        counted(path)


def test_broken_lines_of_json_are_rejected_with_their_number(tmp_path):
    path = tmp_path / "log.jsonl"
    path.write_text(LINES.replace("\n", '\n{"customer": \n[1, 2]\n', 1), encoding="utf-8")

    rows = counted(path).rows

    assert (rows.counted, rows.reasons) == (3, {"broken_line": 2})
    assert [example.row for example in rows.examples["broken_line"]] == [2, 3]


@SPECTRUM_ABSENT
@pytest.mark.parametrize("path", sorted((SPECTRUM / "csvs").glob("*.csv")), ids=lambda path: path.stem)
def test_shapes_of_csv_are_parted_as_they_should_be(path):
    told = json.loads((SPECTRUM / "json" / f"{path.stem}.json").read_text())
    rows_told = told if isinstance(told, list) else [told]

    with open_engine([path]) as engine:
        source = open_source(path, engine)
        rows = engine.rows(f"SELECT * FROM {source.relation}")

    found = [dict(zip(source.columns, (cell or "" for cell in row), strict=True)) for row in rows]
    assert [_comparable(row) for row in found] == [_comparable(row) for row in rows_told]


def _comparable(row: dict[str, str]) -> dict[str, str]:
    """Without a number that is another one in the file than in what is told of it, and with plain line ends."""
    return {name: value.replace("\r\n", "\n") for name, value in row.items() if name != "Contact Phone Number"}


HOSTILE_REFUSED = {
    "100000_columns.csv.gz": "too long",
    "billion_laughs.xlsx": "can't be read",
    "bom_only.csv": "empty",
    "bomb_100MB_sheet.xlsx": "too large",
    "bomb_unreferenced_100MB_part.xlsx": "too large",
    "claims_1048576_rows.xlsx": "too large",
    "empty.csv": "empty",
    "external_entity.xlsx": "can't be read",
    "many_entries_20000.zip": "too large",
}


@HOSTILE_ABSENT
@pytest.mark.parametrize("name", HOSTILE_REFUSED)
def test_hostile_files_are_refused_with_a_reason(name):
    with pytest.raises(Refused, match=HOSTILE_REFUSED[name]):
        counted(HOSTILE / name)


@HOSTILE_ABSENT
@pytest.mark.parametrize(
    ("name", "read", "reasons"),
    [
        ("header_only.csv", 0, {}),
        ("latin1_semicolon_decimalcomma.csv", 1, {}),
        ("mixed_newlines.csv", 3, {}),
        ("nul_bytes.csv", 1, {}),
        ("one_field_30MB.csv.gz", 1, {"line_too_long": 1}),
        ("unclosed_quote.csv", 499, {"stray_quote": 1}),
        ("utf16le_bom.csv", 1, {}),
        ("utf8_bom_crlf.csv", 1, {}),
    ],
)
def test_strange_files_are_read_as_far_as_they_can_be(name, read, reasons):
    mapping = sniff(HOSTILE / name).mapping

    assert mapping
    rows = counted(HOSTILE / name, mapping=mapping).rows

    assert (rows.read, rows.reasons) == (read, reasons)


@HOSTILE_ABSENT
def test_a_decimal_comma_is_read():
    mapping = sniff(HOSTILE / "latin1_semicolon_decimalcomma.csv").mapping

    assert mapping
    cell = counted(HOSTILE / "latin1_semicolon_decimalcomma.csv", mapping=mapping).cells_by("touchpoint")["Rückruf"]

    assert cell.milliseconds == 300_500


def test_nothing_but_the_given_files_can_be_read(tmp_path):
    given, other = a_log(tmp_path, ROWS[0]), a_log(tmp_path, ROWS[1], name="other.csv")

    with open_engine([given]) as engine:
        assert engine.value(f"SELECT count(*) FROM '{given}'") == 1
        for wrong in (f"SELECT * FROM '{other}'", f"COPY (SELECT 1) TO '{tmp_path}/new.csv'", "INSTALL httpfs"):
            with pytest.raises(duckdb.Error):
                engine.run(wrong)
        with pytest.raises(duckdb.Error, match="locked"):
            engine.run("SET memory_limit = '100GB'")


def test_the_engines_folder_is_gone_afterwards(tmp_path):
    with open_engine([], folder=tmp_path) as engine:
        engine.new_path().write_text("something")

    assert list(tmp_path.iterdir()) == []


def a_long_workbook(path: Path, rows: int) -> Path:
    """With texts that cells share, blank rows and rows that end early."""
    book = xlsxwriter.Workbook(path, {"constant_memory": False})
    sheet, day, clock = book.add_worksheet(), *(book.add_format({"num_format": form}) for form in ("d.m.yyyy", "h:mm"))
    sheet.write_row(0, 0, ("customer", "date", "time", "touchpoint"))
    for row in range(1, rows + 1):
        sheet.write_number(row, 0, row % 1_000)
        sheet.write_number(row, 1, 45_292 + row % 366, day)  # from 2024-01-01 on
        sheet.write_number(row, 2, (row % 1_440) / 1_440, clock)
        if row % 100:
            sheet.write_string(row, 3, f"Call {row % 7}")
    sheet.write_string(rows + 3, 0, "1")
    book.close()
    return path


def test_long_workbook_is_counted_whole(tmp_path):
    log = a_long_workbook(tmp_path / "log.xlsx", 30_000)

    mapping = sniff(log).mapping

    assert mapping == Mapping(customer="customer", start="date", start_time="time", touchpoint="touchpoint")
    found = counted(log, mapping=replace(mapping, time_zone="UTC", repeated_rows="count"))
    assert (found.rows.read, found.rows.reasons) == (30_001, {"no_touchpoint": 300, "no_time": 1})
    assert (sum(found.days.values()), found.days["2024-01-02"], found.customers["all", ""]) == (30_000, 82, 1_000)
    assert found.cells_by("touchpoint")["Call 3"].contacts == sum(
        row % 7 == 3 and row % 100 > 0 for row in range(30_001)
    )
    assert sum(number for (_name, hour), number in found.hours.items() if hour % 24 == 23) == 60 * 20


def test_look_at_a_long_workbook_reads_its_beginning(tmp_path, monkeypatch):
    monkeypatch.setattr(workbooks, "_PIECE", 4_096)
    log, read = a_long_workbook(tmp_path / "log.xlsx", 5_000), []
    told = workbook_parts.Sheet.end
    monkeypatch.setattr(workbook_parts.Sheet, "end", lambda self, tag: (read.append(tag), told(self, tag))[1])

    sniff(log)

    assert 1_000 <= read.count("row") < 1_200


@pytest.mark.parametrize(
    ("form", "number", "told"),
    [
        ("General", 7.0, "7"),
        ("0.00", 0.5, "0.5"),
        ("yyyy-mm-dd", 45_292.0, "2024-01-01"),
        ("yyyy-mm-dd hh:mm", 45_292.25, "2024-01-01T06:00:00"),
        ('d" day" mmm', 45_292.0, "2024-01-01"),
        ("[$-409]h:mm AM/PM", 0.75, "18:00:00"),
        ("[h]:mm:ss", 75.5 / 24, "75:30:00"),
        ("mm:ss.0", 1.5 / 86_400, "00:00:01.500"),
        ("yyyy-mm-dd hh:mm", 0.5, "12:00:00"),
        ("yyyy-mm-dd", -1.0, "-1"),
        ('"hours: "0', 3.0, "3"),
    ],
)
def test_numbers_of_a_workbook_are_told_as_their_format_shows_them(tmp_path, form, number, told):
    book = xlsxwriter.Workbook(tmp_path / "log.xlsx")
    book.add_worksheet().write_number(0, 0, number, book.add_format({"num_format": form}))
    book.close()

    assert list(workbooks.read_workbook(tmp_path / "log.xlsx")) == [[told]]


def test_first_visible_sheet_with_rows_is_read(tmp_path):
    book = xlsxwriter.Workbook(tmp_path / "log.xlsx", {"date_1904": True})
    first, hidden, shown, *_rest = (book.add_worksheet(name) for name in ("Empty", "Hidden", "Shown", "Later"))
    first.activate()
    hidden.hide()
    hidden.write_string(0, 0, "hidden")
    bold = book.add_format({"bold": True})
    shown.write_rich_string(0, 1, "a ", bold, "rich", " text")
    shown.write_boolean(0, 3, True)
    shown.write_formula(1, 0, "=1+1", None, 2)
    shown.write_formula(1, 1, '="a"', None, "a")
    shown.write_datetime(1, 2, datetime.fromisoformat("2024-02-01"), book.add_format({"num_format": "dd/mm/yy"}))
    book.close()

    assert list(workbooks.read_workbook(tmp_path / "log.xlsx")) == [
        ["", "a rich text", "", "yes"],
        ["2", "a", "2024-02-01"],
    ]


def test_workbook_that_is_packed_too_tightly_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "log.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * 20_000_001)

    with pytest.raises(Refused, match="too large"):
        list(workbooks.read_workbook(tmp_path / "log.xlsx"))


def test_dates_and_durations_of_a_workbook_are_read_as_such(tmp_path):
    book = xlsxwriter.Workbook(tmp_path / "log.xlsx")
    sheet = book.add_worksheet()
    moment, length = (book.add_format({"num_format": form}) for form in ("yyyy-mm-dd hh:mm:ss", "[h]:mm:ss"))
    sheet.write_row(0, 0, ("customer", "start", "duration", "queue"))
    for row, (began, took) in enumerate(
        ((datetime.fromisoformat("2024-02-01 10:00"), 90), (datetime.fromisoformat("2024-02-02 11:30"), 4_530)), start=1
    ):
        sheet.write_string(row, 0, "anna")
        sheet.write_datetime(row, 1, began, moment)
        sheet.write_number(row, 2, took / 86_400, length)
        sheet.write_string(row, 3, "Call")
    book.close()

    mapping = sniff(tmp_path / "log.xlsx").mapping

    assert mapping == Mapping(
        customer="customer", start="start", seconds="duration", touchpoint="queue", decimal_comma=False
    )
    whole = counted(tmp_path / "log.xlsx", mapping=mapping).cells_by("")[""]
    assert (whole.contacts, whole.timed, whole.milliseconds) == (2, 2, 4_620_000)
