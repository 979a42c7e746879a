import subprocess
import sys

from launch import ROOT, programs
from launch.machine import NEEDS, library, missing
from launch.programs import find_chromium, find_postgresql


def test_library_that_is_there_is_found():
    assert library("libc.so.6", "libSystem.dylib")()


def test_library_that_is_not_there_is_missing():
    assert not library("libnone.so.9", "libnone.9.dylib")()


def test_everything_for_the_tests_is_here():
    assert missing(["app", "test"]) == []


def test_locks_without_needs_lack_nothing():
    assert missing(["lint", "bench"]) == []


def test_every_need_has_a_reason_and_a_name_in_both_systems():
    needs = [need for group in NEEDS.values() for need in group]

    assert all(need.why and need.apt and need.brew for need in needs)


def test_installation_needs_nothing_but_the_standard_library():
    code = "import launch.install, launch.options, launch.machine"

    done = subprocess.run([sys.executable, "-S", "-c", code], cwd=ROOT, capture_output=True, text=True)

    assert (done.returncode, done.stderr) == (0, "")


def test_chromium_of_the_environment_wins(monkeypatch):
    monkeypatch.setenv("CHROMIUM", "/opt/chromium")

    assert find_chromium() == "/opt/chromium"


def test_stub_that_only_asks_for_a_snap_is_no_chromium(monkeypatch, tmp_path):
    stub = tmp_path / "chromium-browser"
    stub.write_text("#!/bin/sh\nexec /snap/bin/chromium\n")
    stub.chmod(0o755)
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(programs, "OTHER_PLACES", ())

    assert find_chromium() is None


def test_postgresql_has_what_the_tests_start(tmp_path):
    folder = find_postgresql()

    assert all((folder / name).exists() for name in ("initdb", "postgres", "pg_isready", "createdb"))
