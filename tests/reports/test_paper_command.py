"""manage.py paper: what the browser prints for a round, from the shell."""

from __future__ import annotations

import io
import sys

import pytest
from django.core.management import CommandError, call_command
from django_scopes import scope
from pypdf import PdfReader

from assessments.rounds import close_round
from tests.assessments.rounds import make_open_round

pytestmark = pytest.mark.django_db

MM = 72 / 25.4


@pytest.fixture
def round_(organisation):
    with scope(organisation=organisation):
        return make_open_round(organisation, ["Gate team", "Night shift"], languages=["en", "de"])


def made(round_, tmp_path, *options: str) -> PdfReader:
    out = tmp_path / "made.pdf"
    call_command("paper", str(round_.pk), *options, "--out", str(out))
    return PdfReader(out)


def size_mm(pdf: PdfReader) -> tuple[int, int]:
    box = pdf.pages[0].mediabox
    return round(float(box.width) / MM), round(float(box.height) / MM)


@pytest.mark.parametrize(
    ("options", "size", "words"),
    [
        (["--kind", "form"], (210, 297), "How do our customers find it?"),
        (["--kind", "form", "--paper", "Letter", "--language", "de"], (216, 279), "Wie finden es unsere Kunden?"),
        (["--kind", "form_fillable", "--group", "Gate team"], (210, 297), "Save the file and send it"),
        (["--kind", "qr_poster", "--paper", "A3", "--group", "Night shift"], (297, 420), "No account, no app."),
        (["--kind", "table_card", "--group", "Gate team"], (105, 148), "Tell us, moment by moment."),
    ],
)
def test_every_kind_is_made_on_its_paper(options, size, words, round_, tmp_path):
    pdf = made(round_, tmp_path, *options)

    text = " ".join(" ".join(page.extract_text() for page in pdf.pages).split())
    assert size_mm(pdf) == size
    assert words in text


def test_fillable_form_has_its_fields(round_, tmp_path):
    fields = made(round_, tmp_path, "--kind", "form_fillable").get_fields()

    assert {"m1_level", "m3_level"} <= set(fields)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--kind", "qr_poster"], "Choose whom it leads to: each group has an address of its own."),
        (["--group", "Kitchen"], "No link of this round leads to the group Kitchen. There are: .*Gate team"),
        (["--kind", "table_card", "--paper", "Letter", "--group", "Gate team"], "Choose one of these: A6, A4."),
        (["--language", "fr"], "Select a valid choice. fr is not one of the available choices."),
        (["--view", "customers"], "Select a valid choice. customers is not one of the available choices."),
    ],
)
def test_what_cannot_be_printed_is_said(options, said, round_, tmp_path):
    with pytest.raises(CommandError, match=said):
        made(round_, tmp_path, *options)

    assert not (tmp_path / "made.pdf").exists()


def test_closed_round_prints_nothing(round_, organisation, tmp_path):
    with scope(organisation=organisation):
        close_round(round_)

    with pytest.raises(CommandError, match="This round is closed: nobody could answer"):
        made(round_, tmp_path)


def test_round_that_is_not_there_is_said(db, tmp_path):
    with pytest.raises(CommandError, match="There is no round 77"):
        call_command("paper", "77", "--out", str(tmp_path / "made.pdf"))


def test_paper_goes_to_standard_output(round_, monkeypatch):
    written = io.TextIOWrapper(io.BytesIO())
    monkeypatch.setattr(sys, "stdout", written)

    call_command("paper", str(round_.pk), "--out", "-")

    assert written.buffer.getvalue().startswith(b"%PDF")


def test_file_that_cannot_be_written_is_said(round_, tmp_path):
    with pytest.raises(CommandError, match="can't be written: No such file or directory"):
        call_command("paper", str(round_.pk), "--out", str(tmp_path / "no" / "made.pdf"))
