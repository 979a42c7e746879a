"""Fonts unpacked in a process of their own, and the parts of fontTools that a renderer leaves out."""

from __future__ import annotations

import os
import subprocess
import sys
from io import BytesIO

import pytest
from django.conf import settings
from fontTools.ttLib import TTFont

from reports.font_files import font_folder, in_a_fork, unpacked_fonts
from reports.unused_imports import put_off

LOADED = """
import sys, django
django.setup()
from reports import pdf
pdf.write_pdf('<html lang="en"><head><title>T</title></head><body><p>Text</p></body></html>', {})
print([name for name in {names} if name in sys.modules and getattr(sys.modules[name], "__file__", None)])
"""


def test_unpacked_fonts_are_all_of_the_house_with_the_same_letters():
    fonts = unpacked_fonts()

    assert sorted(fonts) == sorted(f"fonts/{path.name}" for path in font_folder().glob("*.woff2"))
    for name, content in fonts.items():
        packed = TTFont(font_folder().parent / name)
        unpacked = TTFont(BytesIO(content))
        assert (unpacked.flavor, unpacked.getBestCmap()) == (None, packed.getBestCmap())


def test_fork_gives_what_it_made_and_leaves_its_parent_alone():
    made = []

    pid, count = in_a_fork(lambda: (os.getpid(), made.append(1) or len(made)))

    assert (pid != os.getpid(), count, made) == (True, 1, [])


def test_failed_fork_says_so():
    with pytest.raises(ChildProcessError):
        in_a_fork(lambda: 1 / 0)


def test_put_off_module_is_imported_when_it_is_called(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "late_arrival.py").write_text("def answer(): return 42\n")
    put_off({"late_arrival": ("answer",)})
    from late_arrival import answer

    standing_in = sys.modules["late_arrival"]
    answers = answer(), answer()

    assert (standing_in.__spec__, answers) == (None, (42, 42))
    assert sys.modules.pop("late_arrival").__file__ == str(tmp_path / "late_arrival.py")


def test_renderer_leaves_out_what_the_houses_fonts_do_not_need():
    names = ["fontTools.subset", "fontTools.varLib.instancer", "fontTools.ttLib.tables.otTables"]
    program = LOADED.replace("{names}", repr([*names, "django.contrib.admin"]))
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": str(settings.BASE_DIR)}

    said = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    ).stdout

    assert said.strip() == "[]"
