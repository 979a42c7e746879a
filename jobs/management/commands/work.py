"""manage.py work: make files as their messages come in, until told to end.

One process takes one job at a time, and every file is made in a child forked from it (jobs.child), which has limits
and can be killed. A pool of Celery's between the two would be a third copy of the same memory: measured with posters
of 60 moments, a fifth of the whole. What the pool would watch over is watched over here: jobs.work ends what takes too
long, and since all memory is the child's, nothing grows that would need a new process after so many jobs.

Celery's own command line would add another tenth, for prompts and colours that a worker has no use for.
"""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from typing import Any

from celery import current_app
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Makes what waits to be made, one after the other, until told to end; what is under way is finished first."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--loglevel", default="WARNING", help="how much Celery says of itself")

    def handle(self, *args: Any, loglevel: str, **options: Any) -> None:
        os.environ["CELERY_SKIP_CHECKS"] = "true"  # they import every page
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # with more, intervals of results took 4 x longer
        worker = current_app.Worker(
            pool_cls="solo",
            concurrency=1,
            loglevel=loglevel,
            quiet=True,
            without_gossip=True,
            without_mingle=True,
            without_heartbeat=True,
        )
        worker.start()
        sys.exit(worker.exitcode)
