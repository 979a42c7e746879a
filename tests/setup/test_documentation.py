"""What README, .env.example and the code say of the settings must agree."""

import re

import pytest

from accounts.access import Action, Role, is_allowed
from launch import ROOT

README = (ROOT / "README.md").read_text()
EXAMPLE = (ROOT / ".env.example").read_text()
READ_BY_LAUNCH = {"HOST", "PORT", "PROCESSES"}


def settings_read() -> set[str]:
    """The variables that the settings read, and those of the processes."""
    code = (ROOT / "config" / "settings.py").read_text()
    return set(re.findall(r"\benv(?:\.\w+)?\(\s*\"([A-Z_]+)\"", code)) | READ_BY_LAUNCH


def test_settings_are_found():
    assert {"DATA_DIR", "DATABASE_URL", "SECRET_KEY", "LOG_LEVEL", "ENV_FILE"} <= settings_read()


def test_readme_lists_every_setting_and_no_other():
    table = README.partition("## Configuration")[2].partition("\n## ")[0]

    assert set(re.findall(r"^\| `([A-Z_]+)` \|", table, re.MULTILINE)) == settings_read()


def test_example_lists_every_setting_and_no_other():
    assert set(re.findall(r"^# ([A-Z_]+)=", EXAMPLE, re.MULTILINE)) == settings_read()


def test_example_sets_nothing_as_it_is():
    assert [line for line in EXAMPLE.splitlines() if line and not line.startswith("#")] == []


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"])
def test_link_leads_somewhere(document):
    links = re.findall(r"\]\(([^)#:]+)\)", (ROOT / document).read_text())

    assert [link for link in links if not (ROOT / link).exists()] == []


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md"])
def test_program_named_in_a_document_exists(document):
    programs = set(re.findall(r"(?<![\w./])bin/[a-z]+\b", (ROOT / document).read_text()))

    assert {program for program in programs if not (ROOT / program).exists()} == set()
    assert {"bin/run", "bin/test"} <= programs


def test_readme_says_who_may_do_what():
    table = README.partition("## Roles")[2].partition("\n## ")[0]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines() if line[:1] == "|"]

    told = {row[0]: [cell == "yes" for cell in row[1:]] for row in rows[2:]}
    assert rows[0] == ["may", *Role.values]
    assert told == {str(action.label): [is_allowed(role, action) for role in Role] for action in Action}
