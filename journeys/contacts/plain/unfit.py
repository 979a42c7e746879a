"""Why a log can't be read as plain rows."""

from __future__ import annotations


class Unfit(Exception):
    """The log has to be read by the database from its beginning."""
