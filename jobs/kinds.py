"""Every kind of job there is: the concrete models of all apps."""

from __future__ import annotations

from django.apps import apps

from jobs.models import Job


def job_models() -> list[type[Job]]:
    """Every concrete kind of job."""
    return [model for model in apps.get_models() if issubclass(model, Job)]
