"""Set-up and start on one machine: what bin/install and bin/run do. Only prepare, health and trial know Django."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


class SetupError(Exception):
    """Why this can't go on. The text is one line for the person at the terminal and says what to do."""
