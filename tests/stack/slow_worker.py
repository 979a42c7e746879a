"""manage.py work, but for a sleep before each drawing: time enough to kill a worker at its work.

DRAW_SECONDS: how long it sleeps, before drawing and at each step; STUCK_SECONDS: after how long it takes itself for
stuck; PAUSE_SECONDS: how long after an error it is tried again; POISON: the organisation whose posters kill who draws
them, each time with a line in the file ATTEMPTS.
"""

import os
import signal
import sys
import time
from pathlib import Path

import django
from django.core.management import execute_from_command_line

from jobs.child import Report


def sleep_before_drawing() -> None:
    from reports.posters import making

    draw = making.make

    def sleep_and_draw(inputs: dict, report: Report) -> bytes:
        seconds = float(os.environ["DRAW_SECONDS"])
        if inputs["organisation"] == os.environ.get("POISON"):
            die(inputs)

        def report_and_sleep(step: str, percent: int) -> None:
            report(step, percent)
            time.sleep(seconds)

        report_and_sleep("page", 20)
        return draw(inputs, report_and_sleep if os.environ.get("SLEEPS_AT") == "steps" else report)

    making.make = sleep_and_draw


def die(inputs: dict) -> None:
    with Path(os.environ["ATTEMPTS"]).open("a") as attempts:
        attempts.write(f"{inputs['version']}\n")
    os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    django.setup()
    from jobs import lease, work

    lease.BACKOFF_SECONDS = (float(os.environ["PAUSE_SECONDS"]),) * 2
    work.STUCK_SECONDS = int(os.environ["STUCK_SECONDS"])
    sleep_before_drawing()
    execute_from_command_line(["manage.py", "work", *sys.argv[1:]])
