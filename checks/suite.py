"""The suite, run by pytest: on SQLite, on PostgreSQL and Redis, and in a browser. What is skipped is a failure."""

import os
import subprocess
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import monotonic
from typing import IO
from xml.etree import ElementTree

from checks.step import Outcome, python
from launch import ROOT
from launch.programs import SNAP_CHROMIUM

NO_TESTS = 5
SNAP_FOLDER = Path.home() / "snap" / "chromium" / "common"
FIXTURES = ROOT.parent / "shared" / "fixtures"
SPREAD = ("-n", str(min(os.cpu_count() or 1, 8)), "--dist", "worksteal")
PARTS = {
    "suite": ("-m", "not browser and not stack", *SPREAD),
    "real worker": ("-m", "stack"),
    "browser": ("-m", "browser"),
}


def run_part(part: str, where: str, environment: Mapping[str, str], folder: Path, given: list[str]) -> Outcome:
    """One pytest run, its words shown as they come. With arguments given, a part may hold no test."""
    print(f"\n== {part}, {where}", flush=True)
    return _run_part(part, where, environment, folder, given, None)


def run_side_by_side(
    part: str, environments: Mapping[str, Mapping[str, str]], folder: Path, given: list[str]
) -> list[Outcome]:
    """One part in several places at once, for parts that wait more than they work; each one's words at its end."""

    def run(where: str) -> Outcome:
        words = folder / f"{part} {where}.txt"
        with words.open("wb") as output:
            outcome = _run_part(part, where, environments[where], folder, given, output)
        print(f"\n== {part}, {where}\n{words.read_text(errors='replace')}", flush=True)
        return outcome

    with ThreadPoolExecutor() as pool:
        return list(pool.map(run, environments))


def _run_part(
    part: str, where: str, environment: Mapping[str, str], folder: Path, given: list[str], output: IO[bytes] | None
) -> Outcome:
    name, report = f"{part}, {where}", folder / f"{part} {where}.xml"
    command = python("-m", "pytest", "-q", *PARTS[part], f"--junitxml={report}", *given)
    told = {**environment, **(told_to_browser(environment) if part == "browser" else {})}
    start = monotonic()
    code = subprocess.run(
        command, cwd=ROOT, env=told, stdin=subprocess.DEVNULL, stdout=output, stderr=output
    ).returncode
    seconds = monotonic() - start
    if code == NO_TESTS and given:
        return Outcome(name, seconds)
    return read_report(name, seconds, code, report)


def told_to_browser(environment: Mapping[str, str]) -> dict[str, str]:
    """Playwright's loop runs in the thread of the tests. A snap sees no other folder for passing files than its own."""
    told = {"DJANGO_ALLOW_ASYNC_UNSAFE": "1"}
    if Path(environment["CHROMIUM"]) == SNAP_CHROMIUM:
        SNAP_FOLDER.mkdir(parents=True, exist_ok=True)
        told["TMPDIR"] = str(SNAP_FOLDER)
    return told


def read_report(name: str, seconds: float, code: int, report: Path) -> Outcome:
    """Counts from pytest's own report. A skip counts as failed, apart from cases whose files are not here."""
    cases = list(ElementTree.parse(report).iter("testcase")) if report.exists() else []  # noqa: S314
    failed = [case for case in cases if case.find("failure") is not None or case.find("error") is not None]
    skips = {name_of(case): skip.get("message", "") for case in cases if (skip := case.find("skipped")) is not None}
    allowed = [case for case, reason in skips.items() if "shared/fixtures" in reason and not FIXTURES.exists()]
    for case in skips.keys() - set(allowed):
        print(f"Must not be skipped: {case}: {skips[case]}", flush=True)
    failures = len(failed) + len(skips) - len(allowed)
    return Outcome(
        name,
        seconds,
        passed=len(cases) - len(failed) - len(skips),
        failed=max(failures, int(code != 0)),
        skipped=len(allowed),
    )


def name_of(case: ElementTree.Element) -> str:
    return f"{case.get('classname')}.{case.get('name')}"
