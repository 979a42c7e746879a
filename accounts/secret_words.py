"""Keeps the words of secret links out of the log, whoever writes an address there."""

from __future__ import annotations

import logging
import re

LINK = re.compile(r"/(a|s|w|do|rate|said|tell|invitations)/[^/\s\"']{12,}")


class LineWithoutSecretWords(logging.Formatter):
    """Writes addresses of links without their words, in messages and in what an exception quotes."""

    def format(self, record: logging.LogRecord) -> str:
        return LINK.sub(r"/\1/...", super().format(record))
