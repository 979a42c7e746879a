import subprocess
import sys

import pytest

from launch import ROOT, SetupError, machine, programs
from launch.machine import NEEDS, Need, install_missing, installation, library, missing
from launch.programs import find_chromium, find_postgresql

PANGO = Need("lays out text", "libpango-1.0-0", "pango", lambda: False)
CHROMIUM = Need("drives", "chromium", "chromium", lambda: False)
HARFBUZZ = Need("embeds fonts", "libharfbuzz-subset0", "harfbuzz", lambda: False)


def test_library_that_is_there_is_found():
    assert library("libc.so.6", "libSystem.dylib")()


def test_library_that_is_not_there_is_missing():
    assert not library("libnone.so.9", "libnone.9.dylib")()


def test_everything_for_the_tests_is_here():
    assert missing(["app", "test"]) == []


def test_locks_without_needs_lack_nothing():
    assert missing(["lint", "bench"]) == []


def test_packages_come_from_apt(monkeypatch, tmp_path):
    apt = tmp_path / "apt-get"
    apt.touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(machine, "OS_RELEASE", tmp_path / "none")

    packages, commands = installation([PANGO, HARFBUZZ, PANGO])

    assert packages == ["libpango-1.0-0", "libharfbuzz-subset0"]
    assert commands == [
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "--no-install-recommends", "libpango-1.0-0", "libharfbuzz-subset0"],
    ]


def test_chromium_is_a_snap_on_ubuntu(monkeypatch, tmp_path):
    (tmp_path / "apt-get").touch(mode=0o755)
    (tmp_path / "os-release").write_text('NAME="Ubuntu"\nID=ubuntu\n')
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(machine, "OS_RELEASE", tmp_path / "os-release")

    packages, commands = installation([CHROMIUM])

    assert (packages, commands) == (["chromium"], [["snap", "install", "chromium"]])


def test_packages_come_from_brew_on_a_mac(monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")

    assert installation([PANGO, HARFBUZZ]) == (["pango", "harfbuzz"], [["brew", "install", "pango", "harfbuzz"]])


def test_system_without_apt_is_told_what_to_install(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))

    with pytest.raises(SetupError, match=r"no apt-get.* libpango-1.0-0 \(lays out text\); then start again\.$"):
        installation([PANGO])


def test_installation_that_fails_says_what_to_install_by_hand(monkeypatch, tmp_path, capfdbinary):
    apt = tmp_path / "apt-get"
    apt.write_text("#!/bin/sh\necho no network\nexit 100\n")
    apt.chmod(0o755)
    sudo = tmp_path / "sudo"
    sudo.write_text('#!/bin/sh\nshift\nexec "$@"\n')
    sudo.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setitem(NEEDS, "app", (PANGO,))

    with pytest.raises(SetupError, match=r"apt-get failed \(above\)\. Install by hand: libpango-1.0-0"):
        install_missing(["app"])

    said = capfdbinary.readouterr()
    assert b"  libpango-1.0-0         lays out text\n" in said.out
    assert said.err == b"no network\n"


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
