"""The Celery application. Tasks live in each app's tasks.py."""

import os

from celery import Celery
from kombu.transport import TRANSPORT_ALIASES

TRANSPORT_ALIASES["files"] = "jobs.broker:Transport"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
app = Celery("moments_of_truth")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
