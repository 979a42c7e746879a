"""Arabic letters are loaded by the children that need them, one after another."""

from __future__ import annotations

import io
import os

import pypdf
import pytest

from jobs.child import Child
from reports.pdf import house_style, own_folder
from reports.posters.making import warm_up
from reports.print_making import make_print
from tests.reports.print_inputs import print_inputs


@pytest.fixture(autouse=True, scope="module")
def _warm():
    warm_up()


def fonts_made_by_child(draft):
    inputs = print_inputs(2, language="ar", journey="رحلة معنا")
    with Child(lambda report: make_print(inputs, report), draft) as child:
        while not child.has_ended:
            child.read_news(1.0)
    assert child.ending == {"ended": "", "text": ""}
    pages = pypdf.PdfReader(io.BytesIO(draft.read_bytes())).pages
    return {
        font.get_object()["/BaseFont"].partition("+")[2]
        for page in pages
        for font in page["/Resources"]["/Font"].values()
    }


def test_every_child_has_the_arabic_letters(tmp_path):
    first, second = (fonts_made_by_child(tmp_path / f"{name}.part") for name in ("first", "second"))

    assert {"Noto-Sans-Arabic", "Noto-Sans-Arabic-Bold"} <= first
    assert second == first


def test_folder_of_a_process_that_ended_goes(tmp_path):
    pid = os.fork()
    if not pid:
        os._exit(0)
    os.waitpid(pid, 0)
    (tmp_path / str(pid)).mkdir()
    (tmp_path / "a-font").touch()

    own = own_folder(tmp_path)

    assert sorted(path.name for path in tmp_path.iterdir()) == sorted([own.name, "a-font"])
    assert own.name == str(os.getpid())


def test_fonts_of_the_house_lie_in_the_folder_of_their_process():
    fonts, _ = house_style()

    assert fonts.folder_of == os.getpid()
