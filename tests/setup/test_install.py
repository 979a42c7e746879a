import json
import shutil
import subprocess
import sys
from hashlib import sha256

import pytest

from launch import ROOT, SetupError, install


@pytest.fixture
def place(tmp_path, monkeypatch):
    """A project folder of the test's own, with an environment that holds nothing but its record."""
    shutil.copytree(ROOT / "launch", tmp_path / "launch")
    shutil.copytree(ROOT / "locks", tmp_path / "locks")
    shutil.copytree(ROOT / "bin", tmp_path / "bin")
    environment = tmp_path / ".venv"
    (environment / "bin").mkdir(parents=True)
    (environment / "bin" / "python").symlink_to(sys.executable)
    monkeypatch.setattr(install, "ROOT", tmp_path)
    monkeypatch.setattr(install, "ENVIRONMENT", environment)
    monkeypatch.setattr(install, "PYTHON", environment / "bin" / "python")
    monkeypatch.setattr(install, "RECORD", environment / "installed.json")
    return tmp_path


def test_record_holds_python_and_the_hash_of_each_lock(place):
    (place / "locks" / "uv.txt").write_text("uv==1\n")
    (place / "locks" / "app.txt").write_text("django==5\n")

    record = install.wanted_record(["app"])

    assert record == {
        "python": f"{sys.version_info.major}.{sys.version_info.minor}",
        "uv": sha256(b"uv==1\n").hexdigest(),
        "app": sha256(b"django==5\n").hexdigest(),
    }


def test_environment_is_current_where_it_holds_more_than_wanted(place):
    install.RECORD.write_text(json.dumps(install.wanted_record(["app", "test"])))

    assert install.is_current(["app"])


@pytest.mark.parametrize("group", ["uv", "app"])
def test_environment_is_not_current_after_a_lock_has_changed(place, group):
    install.RECORD.write_text(json.dumps(install.wanted_record(["app"])))

    (place / "locks" / f"{group}.txt").write_text("changed")

    assert not install.is_current(["app"])


def test_environment_is_not_current_for_a_lock_never_installed(place):
    install.RECORD.write_text(json.dumps(install.wanted_record(["app"])))

    assert not install.is_current(["app", "test"])


def test_environment_is_not_current_without_its_python(place):
    install.RECORD.write_text(json.dumps(install.wanted_record(["app"])))

    install.PYTHON.unlink()

    assert not install.is_current(["app"])


def test_environment_of_somebody_else_is_left_alone(place):
    mine = place / ".venv" / "mine.txt"
    mine.touch()

    with pytest.raises(SetupError, match=r"\.venv was made by something else"):
        install.make_environment()

    assert mine.exists()


def test_second_start_installs_nothing_and_turns_into_the_command(place):
    install.RECORD.write_text(json.dumps(install.wanted_record(["app"])))

    done = subprocess.run(
        [place / "bin" / "install", "app", "--", "/bin/echo", "started"], capture_output=True, text=True
    )

    assert (done.returncode, done.stdout, done.stderr) == (0, "started\n", "")


def test_environment_of_somebody_else_is_one_line(place):
    done = subprocess.run([place / "bin" / "install", "app"], capture_output=True, text=True)

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"{place}/.venv was made by something else. Move it away, then start again.\n"
