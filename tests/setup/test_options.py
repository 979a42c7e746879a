import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from launch import ROOT, SetupError
from launch.options import Options, is_private, parse_options, public_url, reachable_address

USUAL = Options("127.0.0.1", 8000, ROOT / "data", demo=True, check=False, is_data_named=False)


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch):
    for name in ("DATA_DIR", "PUBLIC_URL"):
        monkeypatch.delenv(name, raising=False)


def test_options_without_arguments_are_for_this_machine_alone():
    assert parse_options([]) == USUAL


def test_options_given_are_kept(tmp_path):
    options = parse_options(["--host", "::", "--port", "80", "--data", str(tmp_path), "--no-demo", "--check"])

    assert options == Options("::", 80, tmp_path, demo=False, check=True, is_data_named=True)


def test_data_folder_of_the_environment_gives_way_to_the_option(monkeypatch, tmp_path):
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "environment"))

    assert parse_options([]).data == tmp_path / "environment"
    assert parse_options(["--data", str(tmp_path / "option")]).data == tmp_path / "option"


def test_data_folder_is_relative_to_where_one_stands(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)

    assert parse_options(["--data", "here"]).data == tmp_path / "here"


@pytest.mark.parametrize("port", ["0", "65536", "eighty"])
def test_port_that_is_none_is_refused(port, capsys):
    with pytest.raises(SystemExit):
        parse_options(["--port", port])

    assert "--port" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000"),
        ("0.0.0.0", "http://127.0.0.1:8000"),
        ("::", "http://[::1]:8000"),
        ("moments.example", "http://moments.example:8000"),
    ],
)
def test_address_that_this_machine_reaches(host, address):
    assert reachable_address(host, 8000) == address


def test_public_url_is_the_address_listened_on():
    assert public_url(replace(USUAL, host="192.0.2.7")) == "http://192.0.2.7:8000"


def test_public_url_of_the_environment_wins(monkeypatch):
    monkeypatch.setenv("PUBLIC_URL", "https://moments.example/")

    assert public_url(USUAL) == "https://moments.example"


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_every_address_asks_for_the_one_that_people_type(host):
    with pytest.raises(SetupError, match="PUBLIC_URL=http://NAME:8000"):
        public_url(replace(USUAL, host=host))


def test_open_host_with_a_private_public_url_is_refused(monkeypatch):
    monkeypatch.setenv("PUBLIC_URL", "http://localhost:8000")

    with pytest.raises(SetupError, match="other machines can't reach"):
        public_url(replace(USUAL, host="0.0.0.0"))


def test_check_goes_to_the_address_listened_on(monkeypatch):
    monkeypatch.setenv("PUBLIC_URL", "https://moments.example")

    assert public_url(replace(USUAL, check=True)) == "http://127.0.0.1:8000"


@pytest.mark.parametrize(
    ("host", "url", "is_it"),
    [
        ("127.0.0.1", "", True),
        ("localhost", "", True),
        ("::1", "", True),
        ("192.0.2.7", "", False),
        ("127.0.0.1", "https://moments.example", False),
    ],
)
def test_private_is_what_this_machine_alone_reaches(monkeypatch, host, url, is_it):
    monkeypatch.setenv("PUBLIC_URL", url)

    assert is_private(replace(USUAL, host=host)) is is_it


def test_help_answers_before_anything_is_installed(tmp_path):
    bare = {"PATH": f"{Path(sys.executable).resolve().parent}:/usr/bin:/bin"}

    done = subprocess.run([ROOT / "bin" / "run", "--help"], env=bare, cwd=tmp_path, capture_output=True, text=True)

    assert (done.returncode, done.stderr) == (0, "")
    assert all(option in done.stdout for option in ("--host", "--port", "--data", "--no-demo", "--check"))
