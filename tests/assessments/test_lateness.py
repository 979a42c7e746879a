"""numpy comes with results alone: neither the web process nor the worker carries it before."""

from __future__ import annotations

import os
import subprocess
import sys

from django.conf import settings

PROGRAM = """
import sys
from config import celery, wsgi
import config.urls
from assessments import agreement, differences, intervals, privacy, scoring
celery.app.loader.import_default_modules()
told = [agreement.agreement([]), intervals.wilson(1, 2), privacy.publish([], 5), scoring.score_counts(None)]
early = "numpy" in sys.modules
intervals.mean_interval((1, 1, 1, 1, 1, 1), 1)
print(early, "numpy" in sys.modules)
"""


def test_numpy_is_imported_with_the_first_interval_only():
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings", "PYTHONPATH": str(settings.BASE_DIR)}

    said = subprocess.run(
        [sys.executable, "-c", PROGRAM], env=environment, capture_output=True, text=True, check=True
    ).stdout

    assert said.strip() == "False True"
