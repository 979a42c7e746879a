"""manage.py sweep: bring back lost jobs, every JOB_SWEEP_SECONDS, until told to stop."""

from __future__ import annotations

import logging
import select
import signal
import socket
from argparse import ArgumentParser
from itertools import count
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import close_old_connections

from jobs.sweeper import sweep

PASSES_BETWEEN_FILES = 20  # ten minutes at the usual pace; listing all files costs more than asking for lost jobs

log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Republishes lost jobs, takes back leases that ran out and deletes orphaned files."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="sweep once and leave")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        if once:
            sweep()
            return
        bell = _Bell()
        for number in count():
            _sweep_and_survive(files=number % PASSES_BETWEEN_FILES == 0)
            if bell.rings_within(settings.JOB_SWEEP_SECONDS):
                return


class _Bell:
    """Rings when the process is asked to stop. A pass under way is finished first."""

    def __init__(self) -> None:
        self.listener, self.ringer = socket.socketpair()
        self.ringer.setblocking(False)
        signal.set_wakeup_fd(self.ringer.fileno())
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda number, frame: None)

    def rings_within(self, seconds: float) -> bool:
        return bool(select.select([self.listener], [], [], seconds)[0])


def _sweep_and_survive(*, files: bool) -> None:
    """A database that is away for a while ends one pass, not the sweeper."""
    try:
        close_old_connections()
        sweep(files=files)
    except Exception:
        log.exception("this pass failed, the next one tries again")
