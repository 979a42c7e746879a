"""manage.py convert: every way through it, as a shell sees it."""

from __future__ import annotations

import io
import sys
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command

from journeys.formats import parse_json, write_json, write_outline
from journeys.formats.files import FORMATS, READABLE, read_file
from journeys.plan import JourneyPlan, MomentPlan, StagePlan

PLAN = JourneyPlan("A trip", 10, "a family", "de", (StagePlan("Gate", (MomentPlan("Waits", "Cold.", level=6),)),))


def convert(source, target, **options) -> str:
    """What was said on standard error."""
    errors = io.StringIO()
    call_command("convert", str(source), str(target), stderr=errors, **options)
    return errors.getvalue()


@pytest.mark.parametrize("name", READABLE)
def test_every_format_that_is_read_comes_back(name, tmp_path):
    source, between, target = tmp_path / "a.json", tmp_path / f"b{FORMATS[name].suffixes[0]}", tmp_path / "c.json"
    source.write_text(write_json(PLAN))

    said = convert(source, between) + convert(between, target)

    assert (parse_json(target.read_text()), said) == ((PLAN, []), "")


def test_convert_goes_through_standard_input_and_output(monkeypatch):
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(write_outline(PLAN).encode())))
    monkeypatch.setattr(sys, "stdout", SimpleNamespace(buffer=written))

    convert("-", "-", target_format="json")

    assert parse_json(written.getvalue().decode()) == (PLAN, [])


def test_convert_warns_of_rows_that_it_left_out(tmp_path):
    source = tmp_path / "a.csv"
    source.write_text("Stage,Moment,Level\nGate,Waits,3\nGate,Leaves,9\n")

    said = convert(source, tmp_path / "b.svg")
    convert(source, tmp_path / "b.png")

    assert said == ("Row 3: error: Level: There is no level 9. Levels go from 1 to 6.\n1 rows were left out.\n")
    assert (tmp_path / "b.svg").read_text().splitlines()[1] == "<title>a</title>"
    assert (tmp_path / "b.png").read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("name", "content"),
    [("a.json", b"[]"), ("a.mmd", b"flowchart"), ("a.csv", b""), ("a.xlsx", b"PK\x03\x04"), ("a.txt", b"\x00\x01\xff")],
)
def test_convert_writes_nothing_where_the_input_is_refused(name, content, tmp_path):
    (tmp_path / name).write_bytes(content)

    with pytest.raises(CommandError, match="was refused; nothing was written") as refusal:
        convert(tmp_path / name, tmp_path / "b.json")

    assert refusal.value.returncode == 1
    assert not (tmp_path / "b.json").exists()


def test_convert_says_what_is_missing(tmp_path):
    (tmp_path / "a.json").write_text(write_json(PLAN))

    with pytest.raises(CommandError, match="Say with --to"):
        convert(tmp_path / "a.json", tmp_path / "b.what")
    with pytest.raises(CommandError, match="can't be read: No such file"):
        convert(tmp_path / "none.json", "-", target_format="csv")
    with pytest.raises(CommandError, match="can't be written"):
        convert(tmp_path / "a.json", tmp_path / "none" / "b.csv")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.md", b"# T\n```mermaid\njourney\ntitle T\nsection S\nM: 3\n```"),
        ("", b"journey\ntitle T\nsection S\nM: 3"),
        ("", b'{"title": "T", "stages": [{"title": "S", "moments": [{"title": "M", "level": 3}]}]}'),
        ("a.txt", b"# T\nS\n- M | level 3"),
        ("a.tsv", b"Journey\tStage\tMoment\tLevel\nT\tS\tM\t3"),
    ],
)
def test_read_file_knows_formats_by_name_and_content(name, content):
    reading = read_file(content, name)

    assert reading.plan.stages[-1].moments == (MomentPlan("M", level=3),)
