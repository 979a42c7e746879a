import sys

import pytest

from launch import SetupError, packages
from launch.machine import NEEDS, Need
from launch.packages import install_missing, installation

PANGO = Need("lays out text", "libpango-1.0-0", "pango", lambda: False)
CHROMIUM = Need("drives", "chromium", "chromium", lambda: False)
HARFBUZZ = Need("embeds fonts", "libharfbuzz-subset0", "harfbuzz", lambda: False)


def test_packages_come_from_apt(monkeypatch, tmp_path):
    apt = tmp_path / "apt-get"
    apt.touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(packages, "OS_RELEASE", tmp_path / "none")

    names, commands = installation([PANGO, HARFBUZZ, PANGO])

    assert names == ["libpango-1.0-0", "libharfbuzz-subset0"]
    assert commands == [
        ["apt-get", "update", "-qq"],
        ["apt-get", "install", "-y", "--no-install-recommends", "libpango-1.0-0", "libharfbuzz-subset0"],
    ]


def test_chromium_is_a_snap_on_ubuntu(monkeypatch, tmp_path):
    (tmp_path / "apt-get").touch(mode=0o755)
    (tmp_path / "os-release").write_text('NAME="Ubuntu"\nID=ubuntu\n')
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(packages, "OS_RELEASE", tmp_path / "os-release")

    assert installation([CHROMIUM]) == (["chromium"], [["snap", "install", "chromium"]])


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
    sudo.write_text('#!/bin/sh\nexec "$@"\n')
    sudo.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setitem(NEEDS, "app", (PANGO,))

    with pytest.raises(SetupError, match=r"apt-get failed \(above\)\. Install by hand: libpango-1.0-0"):
        install_missing(["app"])

    said = capfdbinary.readouterr()
    assert b"  libpango-1.0-0         lays out text\n" in said.out
    assert said.err == b"no network\n"


def test_person_without_sudo_is_told_what_to_ask_for(monkeypatch, tmp_path):
    (tmp_path / "apt-get").touch(mode=0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(packages.os, "geteuid", lambda: 1000)
    monkeypatch.setitem(NEEDS, "app", (PANGO, HARFBUZZ))

    with pytest.raises(SetupError, match=r"no sudo\. Ask root for: libpango-1.0-0 libharfbuzz-subset0$"):
        install_missing(["app"])
