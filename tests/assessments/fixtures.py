"""Outside test material, where it is at hand."""

from __future__ import annotations

import csv
import json
from typing import Any

import pytest

from tests.conftest import FIXTURES


def expected_of(folder: str) -> Any:
    return json.loads(_found(folder, "expected.json"))


def rows_of(folder: str, name: str) -> list[list[str]]:
    return list(csv.reader(_found(folder, name).splitlines()))


def _found(folder: str, name: str) -> str:
    path = FIXTURES / folder / name
    if not path.exists():
        pytest.skip(f"../shared/fixtures/{folder} is not here")
    return path.read_text(encoding="utf-8")
