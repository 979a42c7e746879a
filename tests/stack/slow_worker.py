"""The product's Celery application, but for a sleep before each drawing: time enough to kill a worker at its work."""

import os
import time

from config.celery import app
from jobs.child import Report
from reports import making

__all__ = ["app"]

draw = making.make


def sleep_and_draw(inputs: dict, report: Report) -> bytes:
    report("page", 20)
    time.sleep(float(os.environ["DRAW_SECONDS"]))
    return draw(inputs, report)


making.make = sleep_and_draw
