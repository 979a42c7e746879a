"""manage.py work, but for a sleep before each drawing: time enough to kill a worker at its work.

DRAW_SECONDS: how long it sleeps, before drawing or, with SLEEPS_AT=step, at the step whose number is the version asked
for; STUCK_SECONDS: after how long it takes itself for stuck; PAUSE_SECONDS: how long after an error it is tried again;
POISON: the organisation whose posters kill who draws them, each time with a line in the file ATTEMPTS.
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
    from reports.models import Poster
    from reports.posters import making

    draw = making.make

    def sleep_and_draw(inputs: dict, report: Report) -> bytes:
        seconds = float(os.environ["DRAW_SECONDS"])
        if inputs["organisation"] == os.environ.get("POISON"):
            die(inputs)
        if os.environ.get("SLEEPS_AT") != "step":
            report("page", 20)
            time.sleep(seconds)
            return draw(inputs, report)
        awaited = list(Poster.steps)[inputs["version"]]

        def report_and_sleep(step: str, percent: int) -> None:
            report(step, percent)
            if step == awaited:
                time.sleep(seconds)

        return draw(inputs, report_and_sleep)

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
