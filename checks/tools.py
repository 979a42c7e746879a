"""The tools that read the code: style, types, layers, templates, migrations, deployment settings."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

from checks.step import Outcome, python, run_quietly, tool
from launch import ROOT

APPS = ("accounts", "jobs", "journeys", "assessments", "improvements", "reports")
TYPED = (*APPS, "config", "launch", "checks", "benchmarks")


def commands() -> dict[str, list[str]]:
    """The slowest first, so that two cores end together."""
    templates = sorted(str(path.relative_to(ROOT)) for path in ROOT.glob("templates/**/*.html"))
    return {
        "types (mypy)": tool("mypy", *TYPED),
        "templates (djlint)": tool("djlint", "--lint", "--quiet", "templates"),
        "templates' format (djade)": tool("djade", "--check", "--target-version=5.2", *templates),
        "layers (import-linter)": tool("lint-imports"),
        "migrations are complete": python("manage.py", "makemigrations", "--check", "--dry-run"),
        "deployment settings": python("manage.py", "check", "--deploy", "--fail-level=WARNING"),
        "style (ruff)": tool("ruff", "check"),
        "format (ruff)": tool("ruff", "format", "--check"),
    }


def run_tools(environment: Mapping[str, str]) -> list[Outcome]:
    deployed = {**environment, "PUBLIC_URL": "https://moments.example"}
    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(lambda step: run_quietly(step[0], step[1], deployed), commands().items()))


def lint_migrations(environment: Mapping[str, str]) -> Outcome:
    """Whether a migration locks or breaks what runs. SQLite rebuilds whole tables, so only PostgreSQL's SQL tells."""
    command = ("manage.py", "lintmigrations", "--settings=checks.lint_settings", "--ignore-initial-migrations")
    return run_quietly("migrations are safe", python(*command, "--include-apps", *APPS), environment)
