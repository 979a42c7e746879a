"""The version of everything that shapes a poster, so that a changed drawing is never answered with an old file."""

from __future__ import annotations

from importlib.metadata import version

from journeys.source_version import source_version

PATTERNS = (
    "reports/**/*.py",
    "journeys/**/*.py",
    "assessments/*.py",
    "config/formats/**/*.py",
    "templates/reports/paper/*",
    "templates/reports/leader/*",
    "templates/reports/portfolio/*",
    "static/css/*.css",
    "static/fonts/**/*",
    "static/icons/*",
    "locale/**/*.mo",
)


def maker_version() -> str:
    """WeasyPrint's version and the SHA-256 of our own sources, fonts, icons and translations."""
    return f"{version('weasyprint')} {source_version(*PATTERNS)}"
