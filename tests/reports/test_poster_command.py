"""manage.py poster."""

from __future__ import annotations

import io
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django_scopes import scope
from pypdf import PdfReader

from journeys.models import Scenario
from tests.assessments.rounds import make_open_round, make_released_round

OUTLINE = """# A trip with us
customers: 10000000
Before
- Searches a fare | web | 1/yr | 15 s | level 3
At the airport
- Waits at the gate | waiting | 0.5/yr | 14 s | level 2 | enhance | Speak every 15 minutes, even with no news.
"""
MERMAID = """journey
    title My working day
    section Go to work
      Make tea: 5: Me
      Go upstairs: 3: Me
"""


@pytest.fixture
def outline(tmp_path):
    path = tmp_path / "trip.txt"
    path.write_text(OUTLINE)
    return path


def text_of(path):
    return " ".join(PdfReader(path).pages[0].extract_text().split())


def test_poster_command_writes_the_poster_of_an_outline(outline, tmp_path):
    output = tmp_path / "out.pdf"

    call_command(
        "poster", outline, "--size", "A4", "--output", output, "--date", "2026-07-01", "--organisation", "Northern"
    )

    words = text_of(output)
    for said in (
        "15,000,000",
        "Waits at the gate",
        "Speak every 15 minutes, even with no news.",
        "Northern",
        "1 Jul 2026",
    ):
        assert said in words


def test_poster_command_reads_a_mermaid_journey(tmp_path):
    source, output = tmp_path / "day.mmd", tmp_path / "out.pdf"
    source.write_text(MERMAID)

    call_command("poster", source, "--output", output)

    assert "Make tea" in text_of(output)


def test_poster_command_gives_the_same_file_for_the_same_text_and_date(outline, tmp_path):
    one, two = tmp_path / "one.pdf", tmp_path / "two.pdf"

    for output in (one, two):
        call_command("poster", outline, "--output", output, "--date", "2026-07-01")

    assert one.read_bytes() == two.read_bytes()


def test_poster_command_works_in_a_pipe(outline):
    done = subprocess.run(
        [sys.executable, "manage.py", "poster", "-", "--output", "-", "--date", "2026-07-01"],
        input=OUTLINE.encode(),
        capture_output=True,
        cwd=settings.BASE_DIR,
        check=True,
    )

    assert len(PdfReader(io.BytesIO(done.stdout)).pages) == 1


def test_poster_command_names_lines_that_it_cannot_use(tmp_path):
    source, output, errors = tmp_path / "trip.txt", tmp_path / "out.pdf", io.StringIO()
    source.write_text(OUTLINE.replace("level 2", "level 9"))

    with pytest.raises(CommandError, match="mend the lines above"):
        call_command("poster", source, "--output", output, stderr=errors)

    assert errors.getvalue().startswith("line 6: ")
    assert not output.exists()


def test_poster_command_names_what_does_not_fit(tmp_path):
    source, output, errors = tmp_path / "trip.txt", tmp_path / "out.pdf", io.StringIO()
    source.write_text(OUTLINE.replace("no news.", "no news 🙂"))

    with pytest.raises(CommandError, match=r"No poster was written\."):
        call_command("poster", source, "--output", output, stderr=errors)

    assert "🙂 (U+1F642)" in errors.getvalue()
    assert not output.exists()


@pytest.mark.parametrize(
    ("content", "said"), [(None, "can't be read: No such file or directory"), (b"\xff\xfe# A", "is not UTF-8 text")]
)
def test_poster_command_tells_why_a_file_cannot_be_read(tmp_path, content, said):
    source = tmp_path / "trip.txt"
    if content is not None:
        source.write_bytes(content)

    with pytest.raises(CommandError, match=said):
        call_command("poster", source, "--output", tmp_path / "out.pdf")


def test_poster_command_tells_why_a_file_cannot_be_written(outline, tmp_path):
    with pytest.raises(CommandError, match="can't be written: No such file or directory"):
        call_command("poster", outline, "--output", tmp_path / "nowhere" / "out.pdf")


@pytest.mark.parametrize("wrong", [["--size", "A9"], ["--date", "1 July"]])
def test_poster_command_refuses_wrong_options(outline, tmp_path, wrong):
    with pytest.raises(CommandError):
        call_command("poster", str(outline), "--output", str(tmp_path / "out.pdf"), *wrong)


def test_poster_command_prints_on_what_it_is_told(outline, tmp_path):
    upright, split = tmp_path / "upright.pdf", tmp_path / "split.pdf"

    call_command("poster", outline, "--size", "A1", "--portrait", "--grey", "--output", upright)
    call_command("poster", outline, "--size", "Tabloid", "--tiles", "Letter", "--output", split)

    sides = [round(float(side) / 72 * 25.4) for side in PdfReader(upright).pages[0].mediabox[2:]]
    assert sides == [594, 841]
    assert len(PdfReader(split).pages) == 5


def test_poster_command_refuses_sheets_as_large_as_the_poster(outline, tmp_path):
    with pytest.raises(CommandError, match="A3 is not larger than A3 sheets"):
        call_command("poster", outline, "--tiles", "A3", "--output", tmp_path / "out.pdf")


def test_poster_command_makes_a_team_sheet_and_a_card_of_a_text(outline, tmp_path):
    team, card = tmp_path / "team.pdf", tmp_path / "card.pdf"

    call_command("poster", outline, "--kind", "team", "--subject", "web", "--size", "A4", "--output", team)
    call_command("poster", outline, "--kind", "card", "--moment", "waits at the gate", "--output", card)

    assert "moments of truth a year: Web" in text_of(team)
    assert "Waits at the gate" not in text_of(team)
    assert "What more we will do · Enhance Speak every 15 minutes, even with no news." in text_of(card)


@pytest.mark.django_db
def test_poster_command_shows_a_round(organisation, tmp_path):
    with scope(organisation=organisation):
        round_ = make_released_round(organisation)
    output = tmp_path / "out.pdf"

    call_command("poster", "--round", str(round_.pk), "--pledge", "We listen.", "--output", output)

    words = text_of(output)
    assert "15 staff answered, 12 customers answered." in words
    assert "We listen." in words


@pytest.fixture
def asked(organisation):
    """A journey with a scenario and an open round of two groups."""
    with scope(organisation=organisation):
        round_ = make_open_round(organisation, ["Gate team", "Crew"])
        moment = round_.journey.stages.first().moments.first()
        return Scenario.objects.create(journey=round_.journey, name="Dream", targets={str(moment.pk): 6})


def test_poster_command_shows_a_scenario_and_leads_where_it_is_told(asked, tmp_path):
    address = settings.PUBLIC_URL.split("//")[-1]
    said = {}
    for leads_to in ("", "map", "crew"):
        output = tmp_path / f"{leads_to}.pdf"
        call_command(
            "poster", "--journey", asked.journey_id, "--scenario", "dream", "--leads-to", leads_to, "--out", output
        )
        said[leads_to] = text_of(output)

    assert ["What if: Dream." in words for words in said.values()] == [True, True, True]
    assert [f"{address}/a/" in words for words in said.values()] == [True, False, True]
    assert len(set(said.values())) == 3


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--scenario", "Nightmare"], "There are: Dream."),
        (["--leads-to", "Night"], "has to be one of these: .*Gate team.*; map"),
    ],
)
def test_poster_command_names_what_there_is_to_choose(asked, tmp_path, options, said):
    with pytest.raises(CommandError, match=said):
        call_command("poster", "--journey", asked.journey_id, *options, "--output", tmp_path / "out.pdf")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("options", "said"),
    [
        ([], "Name one of these"),
        (["--round", "1"], "Round 1 shows no results"),
        (["--journey", "1"], "There is no journey 1."),
        (["FILE", "--kind", "team", "--subject", "nobody"], "one of these: Web, Waiting"),
        (["FILE", "--kind", "card", "--moment", "nothing"], "the title of a moment"),
        (["FILE", "--kind", "card", "--size", "A3"], "A pocket card is A6"),
        (["FILE", "--size", "A6"], "nothing else is A6"),
        (["FILE", "--scenario", "Dream"], "--scenario needs a stored journey"),
        (["FILE", "--leads-to", "map"], "--leads-to needs a stored journey"),
        (["--round", "1", "--scenario", "Dream"], "One poster shows either"),
        (["--journey", "1", "--scenario", "Dream", "--kind", "card"], "A card has no room for a --scenario"),
        (["FILE", "--pledge", "x" * 121], "--pledge is longer than 120"),
    ],
)
def test_poster_command_says_what_can_not_be(outline, tmp_path, options, said):
    given = [str(outline) if option == "FILE" else option for option in options]

    with pytest.raises(CommandError, match=said):
        call_command("poster", *given, "--output", tmp_path / "out.pdf")
