import os

from checks.__main__ import conclude, environment_for
from checks.step import Outcome


def test_last_line_is_the_sum_of_all_steps(capsys):
    code = conclude([Outcome("style", 0.4), Outcome("suite", 12.3, passed=7, skipped=2)], 13)

    assert code == 0
    assert capsys.readouterr().out == (
        "\n== all steps, 13 s\n"
        "ok     style                              0.4 s\n"
        "ok     suite                             12.3 s  7 passed\n"
        "\n7 passed, 0 failed, 2 skipped\n"
    )


def test_one_failed_step_fails_all(capsys):
    assert conclude([Outcome("style", 0.4, failed=1), Outcome("suite", 12.3, passed=7)], 13) == 1
    assert capsys.readouterr().out.endswith("\n7 passed, 1 failed, 0 skipped\n")


def test_run_knows_no_setting_of_the_person_s_own(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "postgres://mine")
    monkeypatch.setenv("SECRET_KEY", "mine")
    monkeypatch.setenv("LANG", "C.UTF-8")

    environment = environment_for(tmp_path)

    assert not {"DATABASE_URL", "SECRET_KEY"} & environment.keys()
    assert (environment["ENV_FILE"], environment["DATA_DIR"]) == (os.devnull, str(tmp_path))
    assert environment["LANG"] == "C.UTF-8"
