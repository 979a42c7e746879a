"""Contact logs for tests: small files with known contents, and the ones in the fixtures."""

from __future__ import annotations

from pathlib import Path

import pytest

from journeys.contacts.aggregate import Aggregate
from journeys.contacts.importing import count_contacts
from journeys.contacts.mapping import Mapping
from tests.conftest import FIXTURES

LOGS, HOSTILE = FIXTURES / "contact-logs", FIXTURES / "hostile-files"
LOGS_ABSENT = pytest.mark.skipif(not LOGS.exists(), reason="../shared/fixtures/contact-logs is absent")
HOSTILE_ABSENT = pytest.mark.skipif(not HOSTILE.exists(), reason="../shared/fixtures/hostile-files is absent")
SPECTRUM = FIXTURES / "csv-spectrum"
SPECTRUM_ABSENT = pytest.mark.skipif(not SPECTRUM.exists(), reason="../shared/fixtures/csv-spectrum is absent")

MAPPING = Mapping(
    customer="customer", start="start", end="end", touchpoint="touchpoint", channel="channel", time_zone="UTC"
)
HEADER = "customer,start,end,touchpoint,channel"


def a_log(folder: Path, *rows: str, header: str = HEADER, name: str = "log.csv") -> Path:
    path = folder / name
    path.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8", newline="")
    return path


def counted(
    *paths: Path, mapping: Mapping = MAPPING, keep: Path | None = None, has_sketches: bool = False
) -> Aggregate:
    return count_contacts(paths, mapping, key="a key", keep=keep, has_sketches=has_sketches)
