"""manage.py work, but for a sleep before each drawing: time enough to kill a worker at its work.

DRAW_SECONDS: how long it sleeps; STUCK_SECONDS: after how long it takes itself for stuck.
"""

import os
import sys
import time

import django
from django.core.management import execute_from_command_line

from jobs.child import Report


def sleep_before_drawing() -> None:
    from reports import making

    draw = making.make

    def sleep_and_draw(inputs: dict, report: Report) -> bytes:
        report("page", 20)
        time.sleep(float(os.environ["DRAW_SECONDS"]))
        return draw(inputs, report)

    making.make = sleep_and_draw


if __name__ == "__main__":
    django.setup()
    from jobs import work

    work.STUCK_SECONDS = int(os.environ["STUCK_SECONDS"])
    sleep_before_drawing()
    execute_from_command_line(["manage.py", "work", *sys.argv[1:]])
