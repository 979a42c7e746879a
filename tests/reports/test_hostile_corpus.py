"""Every hostile text in every field that people fill, through a real child under its limits."""

from __future__ import annotations

import io
import socket
import threading
import time

import pypdfium2 as pdfium
import pytest
from pypdf import PdfReader

from jobs.child import Child
from jobs.problems import ErrorCode
from reports.models import StoryPaperKind
from reports.posters.making import make, warm_up
from reports.print_making import make_print
from reports.report_making import make_report
from reports.story_papers.making import make_story_paper
from tests.reports.hostile_corpus import KINDS, SECRET, addresses, filled, frozen, texts_for

LONGEST_SECONDS = 120
MARKUP = ("/JavaScript", "/JS", "/OpenAction", "/AA", "/EmbeddedFiles", "/Launch", "/URI", "/GoToR")


class Listener:
    """A host that counts who calls."""

    def __init__(self) -> None:
        self.server = socket.create_server(("127.0.0.1", 0))
        self.calls = 0
        threading.Thread(target=self.count, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.getsockname()[1]}"

    def count(self) -> None:
        while True:
            try:
                caller, _ = self.server.accept()
            except OSError:
                return
            self.calls += 1
            caller.close()


@pytest.fixture(autouse=True, scope="module")
def _warm():
    """As a worker is: each child has the renderer and its fonts at hand."""
    warm_up()


@pytest.fixture
def listener():
    heard = Listener()
    yield heard
    heard.server.close()


def maker_of(inputs):
    if "plan" in inputs:
        return make
    if inputs["kind"] in StoryPaperKind.values:
        return make_story_paper
    return make_report if "figures" in inputs or "journeys" in inputs else make_print


def made_by_child(inputs, folder):
    """How a job's child ended, and the file that it wrote, if any."""
    draft, work = folder / "draft.part", maker_of(inputs)
    draft.unlink(missing_ok=True)
    started = time.monotonic()
    with Child(lambda report: work(inputs, report), draft) as child:
        while not child.has_ended:
            child.read_news(1.0)
            assert time.monotonic() - started < LONGEST_SECONDS
    return child.ending, draft.read_bytes() if draft.exists() else b""


def words_of(data):
    return "".join(page.get_textpage().get_text_bounded() for page in pdfium.PdfDocument(data))


def assert_harmless(ending, data, kind, text):
    """Ready with nothing in it but text, or refused with words that say what to change."""
    what = (kind, text[:80], ending)
    if ending["ended"]:
        assert (ending["ended"], len(ending["text"]) > 20) == (ErrorCode.REFUSED, True), what
        return
    reader = PdfReader(io.BytesIO(data))
    catalog = reader.trailer["/Root"]
    assert [name for name in MARKUP if name in catalog or name in catalog.get("/Names", {})] == [], what
    shown = words_of(data)
    assert SECRET not in shown, what
    assert SECRET.encode() not in data, what
    links = [note.get_object().get("/A") for page in reader.pages for note in page.get("/Annots") or []]
    assert [link for link in links if link] == [], what


@pytest.mark.parametrize("kind", KINDS)
def test_hostile_addresses_reach_no_host_and_no_file(kind, listener, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET)

    asked = addresses(listener.address, str(secret))
    for text in (" ".join(asked[::2]), " ".join(asked[1::2])):
        ending, data = made_by_child(frozen(filled(KINDS[kind], text)), tmp_path)

        assert_harmless(ending, data, kind, text)
    assert listener.calls == 0


@pytest.mark.parametrize("kind", KINDS)
def test_hostile_texts_are_printed_or_refused_with_advice(kind, tmp_path):
    for text in texts_for(kind):
        ending, data = made_by_child(frozen(filled(KINDS[kind], text)), tmp_path)

        assert_harmless(ending, data, kind, text)


def test_listener_hears_who_calls(listener):
    socket.create_connection(listener.server.getsockname()).close()
    deadline = time.monotonic() + 10
    while not listener.calls and time.monotonic() < deadline:
        time.sleep(0.01)

    assert listener.calls == 1
