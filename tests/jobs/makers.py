"""Makers that tests name."""

from __future__ import annotations


def make_nothing(inputs, report) -> bytes:
    return b"%PDF"
