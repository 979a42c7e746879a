import pytest

from checks import suite
from checks.step import Outcome
from checks.suite import read_report

PASSED = '<testcase classname="a" name="one"/>'
FAILED = '<testcase classname="a" name="two"><failure message="no"/></testcase>'
BROKEN = '<testcase classname="a" name="three"><error message="no"/></testcase>'
SKIPPED = '<testcase classname="a" name="four"><skipped message="too lazy"/></testcase>'
ABSENT = '<testcase classname="a" name="five"><skipped message="../shared/fixtures is not here"/></testcase>'


@pytest.fixture(autouse=True)
def _no_fixtures(monkeypatch, tmp_path):
    monkeypatch.setattr(suite, "FIXTURES", tmp_path / "shared" / "fixtures")


@pytest.fixture
def report(tmp_path):
    def write(*cases: str):
        path = tmp_path / "report.xml"
        path.write_text(f"<testsuites><testsuite>{''.join(cases)}</testsuite></testsuites>")
        return path

    return write


@pytest.mark.parametrize(
    ("cases", "code", "counts"),
    [
        ((PASSED, PASSED), 0, (2, 0, 0)),
        ((PASSED, FAILED, BROKEN), 1, (1, 2, 0)),
        ((PASSED, SKIPPED), 0, (1, 1, 0)),
        ((PASSED, ABSENT), 0, (1, 0, 1)),
        ((PASSED,), 3, (1, 1, 0)),
        ((), 5, (0, 1, 0)),
    ],
)
def test_report_is_counted(report, cases, code, counts):
    outcome = read_report("suite", 1.5, code, report(*cases))

    assert (outcome.passed, outcome.failed, outcome.skipped) == counts


def test_report_that_is_missing_is_a_failure(tmp_path):
    assert read_report("suite", 1.5, 4, tmp_path / "none.xml") == Outcome("suite", 1.5, failed=1)


def test_skip_is_named_with_its_reason(report, capsys):
    read_report("suite", 1.5, 0, report(SKIPPED, ABSENT))

    assert capsys.readouterr().out == "Must not be skipped: a.four: too lazy\n"


def test_skip_for_lack_of_files_that_are_here_is_a_failure(report, tmp_path):
    (tmp_path / "shared" / "fixtures").mkdir(parents=True)

    outcome = read_report("suite", 1.5, 0, report(PASSED, ABSENT))

    assert (outcome.passed, outcome.failed, outcome.skipped) == (1, 1, 0)
