"""What a worker makes of frozen inputs."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from jobs.problems import Refusal
from journeys.source_version import source_version
from reports.maker_version import maker_version
from reports.models import Poster
from reports.posters import making
from reports.preflight import check_poster
from tests.poster_rows import INPUTS


def test_make_reports_its_steps_and_gives_one_page():
    steps = []

    content = making.make(INPUTS, lambda step, percent: steps.append((step, percent)))

    pages = PdfReader(BytesIO(content)).pages
    assert (len(pages), "50,000,000" in pages[0].extract_text()) == (1, True)
    assert (steps[-1], [step for step in steps if step[0] not in Poster.steps]) == (("save", 95), [])
    assert [percent for _, percent in steps] == sorted(percent for _, percent in steps)


@pytest.mark.parametrize(
    ("percent", "step"), [(0, "check"), (5, "check"), (20, "curve"), (39, "curve"), (40, "page"), (100, "page")]
)
def test_step_at_a_percent(percent, step):
    assert making.step_at(percent) == step


def test_make_refuses_what_the_preflight_blocks():
    empty = {**INPUTS, "plan": {**INPUTS["plan"], "stages": []}}

    with pytest.raises(Refusal) as refused:
        making.make(empty, lambda step, percent: None)

    assert str(refused.value) == "\n".join(p.text for p in check_poster(empty) if p.is_blocking)


@pytest.fixture
def _sources_read_anew():
    source_version.cache_clear()
    yield
    source_version.cache_clear()


@pytest.mark.usefixtures("_sources_read_anew")
def test_maker_version_changes_with_any_source(tmp_path, settings):
    before, again = maker_version(), maker_version()
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "poster.py").write_text("another drawing")
    settings.BASE_DIR = tmp_path
    source_version.cache_clear()

    assert before == again
    assert maker_version() != before
