"""manage.py import_contacts: what it prints, and what it refuses."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests.journeys.contact_logs import a_log

ROWS = (
    "1,2024-01-01 10:00,2024-01-01 10:01,Call,Phone",
    "2,2024-01-02 10:00,2024-01-02 10:03,Call,Phone",
    "2,2024-01-02 11:00,2024-01-02 11:00,Pay,Web",
    "3,2024-01-40 10:00,,Call,Phone",
)


def run(*arguments: object) -> tuple[str, str]:
    """What goes to standard output and to standard error."""
    output, errors = StringIO(), StringIO()
    call_command("import_contacts", *map(str, arguments), stdout=output, stderr=errors)
    return output.getvalue(), errors.getvalue()


def test_summary_is_printed_as_json(tmp_path):
    log = a_log(tmp_path, *ROWS)

    output, errors = run(log, "--json", "--dry-run")

    told = json.loads(output)
    assert told["rows"]["rejected"] == {
        "rows": 1,
        "reasons": {
            "unreadable_time": {
                "rows": 1,
                "examples": [{"file": "log.csv", "row": 5, "text": "3 | 2024-01-40 10:00 |  | Call | Phone"}],
            }
        },
    }
    assert told["touchpoints"][0] == {
        "name": "Call",
        "contacts": 2,
        "customers": 2,
        "contacts_without_customer": 0,
        "contacts_per_customer": 1.0,
        "seconds": {"known": 2, "sum": 240.0, "mean": 120.0, "median": 120.0, "p90": pytest.approx(168.0)},
        "zero_percent": 0.0,
        "unknown_percent": 0.0,
        "contacts_per_year": pytest.approx(2 * 365.2425 / 7),
        "first": "2024-01-01T10:00:00",
        "last": "2024-01-02T10:00:00",
        "example": {"file": "log.csv", "row": 2},
        "channels": {"Phone": 2},
        "months": {"2024-01": 2},
    }
    assert (told["contacts"], told["customers"]) == (3, 2)
    assert "taken as UTC" in errors


def test_summary_is_printed_for_people(tmp_path):
    output, errors = run(a_log(tmp_path, *ROWS))

    lines = output.splitlines()
    assert lines[1:4] == [
        "4 rows read, 3 counted as 3 contacts",
        "1 rows rejected:",
        "  1: a time that can't be read or doesn't exist (row 5)",
    ]
    assert lines[6].split() == ["Call", "2", "2", "1.00", "120.0", "120.0", "168.0", "0", "%"]
    assert "Guessed: customer = customer, start = start" in errors


def test_a_mapping_that_was_written_is_read_again(tmp_path):
    log, written = a_log(tmp_path, *ROWS), tmp_path / "map.json"
    run(log, "--write-map", written)
    told = json.loads(written.read_text()) | {"touchpoint": "", "touchpoint_name": "Visit"}
    written.write_text(json.dumps(told))

    output, errors = run(log, "--map", written, "--json")

    assert [each["name"] for each in json.loads(output)["touchpoints"]] == ["Visit"]
    assert json.loads(output)["mapping"] == {name: value for name, value in told.items() if name != "touchpoint"}
    assert errors == ""


def test_several_files_are_one_log(tmp_path):
    logs = [a_log(tmp_path, row, name=f"{place}.csv") for place, row in enumerate(ROWS)]

    output, _errors = run(*logs, logs[0], "--json")

    told = json.loads(output)
    assert (told["rows"]["read"], told["customers"]) == (4, 2)
    assert told["files"][-1]["same_as"] == "0.csv"


@pytest.mark.parametrize("mapping", ["", "[", "{}", '{"start": "nowhere"}', '{"start": "start", "other": 1}'])
def test_a_mapping_that_can_not_be_used_is_refused(tmp_path, mapping):
    path = tmp_path / "map.json"
    path.write_text(mapping)

    with pytest.raises(CommandError):
        run(a_log(tmp_path, *ROWS), "--map", path)


@pytest.mark.parametrize("path", ["missing.csv", "."])
def test_a_file_that_can_not_be_read_is_refused(tmp_path, path):
    with pytest.raises(CommandError, match="can't be read"):
        run(Path(tmp_path, path))


def test_a_log_without_times_is_refused(tmp_path):
    with pytest.raises(CommandError, match=r"No column of log\.csv holds times"):
        run(a_log(tmp_path, "1,2", header="a,b"))


def test_a_log_of_which_nothing_counts_ends_with_an_error(tmp_path):
    with pytest.raises(CommandError, match="No row could be counted"):
        run(a_log(tmp_path))


def test_an_estimate_of_a_small_log_is_exact(tmp_path):
    log = a_log(tmp_path, *ROWS)

    exact, estimate = (json.loads(run(log, "--json", *words)[0]) for words in ((), ("--estimate",)))

    assert estimate == exact
