"""The leader report as a PDF: what it says, where it says it, and what keeps it readable for everybody."""

from __future__ import annotations

import io
import re
from typing import Any

import pypdf
import pypdfium2
import pytest

from jobs.problems import Refusal
from reports.report_making import make_report
from tests.assessments.sheets import moment, score
from tests.reports.report_inputs import leader_inputs

CHAPTERS = [
    "In three sentences", "Contents", "The ladder", "Where it costs most", "Blind spots", "Group by group",
    "Since last time", "What we will do", "What people wrote", "Method and assumptions", "Glossary",
]  # fmt: skip
MARGIN_POINTS = 20 / 25.4 * 72


def made(inputs: dict[str, Any]) -> bytes:
    return make_report(inputs, lambda _step, _percent: None)


def read(data: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(data))


def texts(reader: pypdf.PdfReader) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in reader.pages]


@pytest.fixture(scope="module")
def data() -> bytes:
    return made(leader_inputs())


@pytest.fixture(scope="module")
def reader(data) -> pypdf.PdfReader:
    return read(data)


def test_steps_are_told_in_order():
    told: list[tuple[str, int]] = []

    make_report(leader_inputs(), lambda step, percent: told.append((step, percent)))

    assert [step for step, _ in told] == ["check", "ladder", "heat", "summary", "chapters", "page", "save"]
    assert [percent for _, percent in told] == sorted(percent for _, percent in told)


@pytest.mark.parametrize(("paper", "size"), [("A4", (210.0, 297.0)), ("Letter", (215.9, 279.4))])
def test_pages_have_the_paper_asked_for(paper, size):
    found = {
        tuple(round(float(side) / 72 * 25.4, 1) for side in page.mediabox[2:])
        for page in read(made(leader_inputs(paper=paper))).pages
    }

    assert found == {size}


def test_every_font_is_embedded(reader):
    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()]
    descriptors = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts]

    assert {font["/BaseFont"].partition("+")[2].split("-")[0] for font in fonts} == {"Inter", "Archivo"}
    assert all({"/FontFile2", "/FontFile3"} & set(descriptor) for descriptor in descriptors)


def test_document_says_what_it_is_and_in_which_language(reader):
    root = reader.trailer["/Root"]

    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("en", True)
    assert reader.metadata.title == "A trip with us: Autumn"
    assert reader.metadata.author == "Northern Air"
    assert b'pdfuaid:part="1"' in reader.xmp_metadata.stream.get_data()


def tags(reader: pypdf.PdfReader) -> list[Any]:
    found, waiting = [], [reader.trailer["/Root"]["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop().get_object()
        if isinstance(node, list):
            waiting += node
        elif isinstance(node, dict) and "/K" in node:
            found.append(node)
            kids = node["/K"]
            waiting += kids if isinstance(kids, list) else [kids] if isinstance(kids, dict) else []
    return found


def test_tables_and_figures_are_tagged_for_readers_aloud(reader):
    found = tags(reader)
    kinds = {str(node.get("/S")) for node in found}
    figures = [node for node in found if node.get("/S") == "/Figure" and "/Alt" in node]

    assert {"/H1", "/H2", "/Table", "/TH", "/TD", "/Figure", "/Caption", "/L", "/LI"} <= kinds
    assert [str(node["/Alt"]) for node in figures] == [
        "Ladder of mean levels, moment by moment: 1 Searches a fare: 4.0, 3.8; 2 Books: 4.2, –; "
        "3 Waits at the gate: 4.1, 1.9"
    ]


def test_bookmarks_are_the_chapters_and_lead_to_their_pages(reader):
    pages = {item.title: reader.get_destination_page_number(item) for item in reader.outline}
    said = texts(reader)

    assert list(pages) == CHAPTERS
    assert all(title in said[page] for title, page in pages.items())


def test_contents_name_the_page_on_which_each_chapter_begins(reader):
    pages = {item.title: reader.get_destination_page_number(item) + 1 for item in reader.outline}
    contents = texts(reader)[0].split("Contents", 1)[1]

    found = {title: int(number) for title in CHAPTERS[2:] if (number := re.search(rf"{title} ?(\d+)", contents)[1])}

    assert found == {title: pages[title] for title in CHAPTERS[2:]}


def test_every_page_says_which_of_how_many_it_is_and_later_ones_what_they_are_about(reader):
    said = texts(reader)

    assert all(f"Page {number} of {len(said)}" in text for number, text in enumerate(said, start=1))
    assert all("A trip with us · Autumn" in text for text in said[1:])


def test_page_one_is_the_summary_in_reading_order(reader):
    text = texts(reader)[0]
    parts = ["Northern Air", "A trip with us", "Autumn", "In three sentences", "The sequence is weakest at",
             "We fool ourselves", "Since", "+12", "Loyalty balance", "Contents"]  # fmt: skip

    places = [text.index(part) for part in parts]

    assert places == sorted(places)


def test_what_is_hidden_is_said_to_be_hidden_and_stands_nowhere():
    figures = leader_inputs()["figures"]
    figures["moments"][1]["groups"]["staff"]["8"] = None
    figures["responses"]["customers"]["n"] = None

    said = " ".join(texts(read(made(leader_inputs(figures=figures)))))

    row = said.split("Groups, moment by moment")[1].split("3 Waits at the gate")[0]
    assert row.endswith("2 Books 4.2 12 4.5 6 hidden ")
    assert "Customers: no group has enough answers to be shown." in said
    assert "Customers: fewer than 5" in said


def test_change_within_chance_is_not_named(reader):
    chapter = " ".join(texts(reader)).split("Clear changes of the mean level")[1].split("What we will do")[0]

    assert "1 Searches a fare Customers better +0.8" in chapter
    assert "3 Waits at the gate Customers worse −0.6" in chapter
    assert "Books" not in chapter


def test_words_of_people_and_plans_are_there(reader):
    said = " ".join(texts(reader))

    assert "Enhance Say what is known." in said
    assert "Speak every 15 minutes. Staff, our own view, Gate team" in said
    assert "3 more can be read on the page of the round." in said
    assert "PwC 2018" in said


def test_same_inputs_give_the_same_bytes_and_other_dates_others(data):
    assert made(leader_inputs()) == data
    assert made(leader_inputs(made_on="2026-11-23")) != data


def test_archive_carries_its_data_and_both_names():
    data = made(leader_inputs(is_archive=True))
    reader = read(data)
    xmp = reader.xmp_metadata.stream.get_data()

    assert list(reader.attachments) == ["about.csv", "codebook.csv", "groups.csv", "moments.csv", "responses.csv",
                                        "whole.csv"]  # fmt: skip
    assert b"Waits at the gate" in reader.attachments["moments.csv"][0]
    assert {file.get_object()["/AFRelationship"] for file in reader.trailer["/Root"]["/AF"]} == {"/Data"}
    assert b'pdfaid:part="3"' in xmp
    assert b'pdfaid:conformance="A"' in xmp
    assert b'pdfuaid:part="1"' in xmp
    assert made(leader_inputs(is_archive=True)) == data


def test_data_of_an_archive_is_as_it_was_written():
    figures, title = leader_inputs()["figures"], "Gate" * 20 + " 日本"
    figures["moments"][0]["title"] = title

    reader = read(made(leader_inputs(figures=figures, is_archive=True)))

    assert title in reader.attachments["moments.csv"][0].decode()


HOSTILE = '<img src="file:///etc/passwd"/></td><script>&#x0; {{ 7|add:1 }} ]]> \u202eevil \ud800 \x00 😀 \ufffe'


def test_hostile_text_is_only_text():
    figures = leader_inputs()["figures"]
    for one in figures["moments"]:
        one["title"] = one["stage"] = HOSTILE
    figures["groups"][0]["name"] = HOSTILE
    figures["round"] |= {"title": HOSTILE, "journey": HOSTILE}
    inputs = leader_inputs(figures=figures, organisation=HOSTILE, levels=dict.fromkeys("123456", HOSTILE))
    inputs["ideas"]["shown"][0]["text"] = inputs["plans"][0]["what_more"] = HOSTILE

    said = " ".join(texts(read(made(inputs))))

    assert '<img src="file:///etc/passwd"/></td><script>' in said
    assert "root:" not in said
    assert "□" in said


@pytest.mark.parametrize(
    ("text", "complaint"),
    [("x" * 2_001, "without a space"), ("a\n" * 1_001, "more than 1000 lines")],
)
def test_text_that_would_hold_up_the_renderer_is_refused_by_name(text, complaint):
    inputs = leader_inputs()
    inputs["plans"][0]["what_more"] = text

    with pytest.raises(Refusal, match=complaint) as refusal:
        made(inputs)

    assert "Searches a fare" in str(refusal.value)


def test_titles_without_letters_to_set_are_refused():
    figures = leader_inputs()["figures"]
    for one in figures["moments"]:
        one["title"] = "機場的等候時間"

    with pytest.raises(Refusal, match="lack most letters"):
        made(leader_inputs(figures=figures))


def large_figures(moments: int, groups: int) -> dict[str, Any]:
    """As many as a map and a round may well have, with long titles and words that find no place to break."""
    figures = leader_inputs()["figures"]
    base = figures["moments"][2]
    figures["groups"] = [{"id": n, "name": f"Servicecenternummer{n}Nordwest und Umgebung"} for n in range(groups)]
    cells = {str(n): {"n": 6 + n, "mean": 1 + n % 5} if n % 7 else None for n in range(groups)}
    figures["moments"] = [
        moment(n, f"{n} Donaudampfschifffahrtsgesellschaft{'x' * (n % 50)} und was dann noch kam", language="de",
               stage=f"Abschnitt {n // 20}", views={view: score(1, 2, 3, 4, 5, 6) for view in ("staff", "customers")},
               groups={"staff": cells, "customers": cells}, blind_spot=base["blind_spot"], damage=base["damage"])
        for n in range(moments)
    ]  # fmt: skip
    figures["enhance"] = [{"position": n, "contacts_per_year": 100.0 + n} for n in reversed(range(moments))]
    return figures


def letters_outside(data: bytes) -> list[tuple[int, str]]:
    """Letters that leave the width between the margins, by page."""
    document = pypdfium2.PdfDocument(data)
    outside = []
    for number in range(len(document)):
        page = document[number]
        text, width = page.get_textpage(), page.get_width()
        for index in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(index)
            is_inside = left >= MARGIN_POINTS - 2 and right <= width - MARGIN_POINTS + 2 and 0 < bottom <= top < 842
            if right > left and not is_inside:
                outside.append((number + 1, text.get_text_range(index, 1)))
        text.close()
        page.close()
    document.close()
    return outside


def test_three_hundred_moments_and_forty_groups_stay_in_forty_pages_and_in_their_boxes():
    what_more = "Say every quarter of an hour what is known, even if that is nothing new. " * 20
    plans = [{"position": n, "title": "", "decision": "enhance", "what_more": what_more} for n in range(300)]
    inputs = leader_inputs(figures=large_figures(300, 40), plans=plans)

    data = made(inputs)

    assert 4 <= len(read(data).pages) <= 40
    assert letters_outside(data) == []


def test_small_report_stays_in_its_boxes(data):
    assert letters_outside(data) == []


def test_arabic_runs_right_to_left_with_joined_letters():
    reader = read(made(leader_inputs(language="ar")))
    fonts = {
        str(font.get_object()["/BaseFont"]) for page in reader.pages for font in page["/Resources"]["/Font"].values()
    }

    assert reader.trailer["/Root"]["/Lang"] == "ar"
    assert any("Noto-Sans-Arabic" in font for font in fonts)
    assert [item.title for item in reader.outline][2] == "السلّم"
