"""Brings the data folder to what this version of the code expects: tables, static files, the demo organisation.

Every step looks first whether there is anything to do, so that a second start takes seconds.
"""

import os
import sys
from hashlib import sha256
from io import StringIO
from pathlib import Path

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db.utils import OperationalError

from launch.announcement import DEMO_RECORD


def apply_migrations() -> None:
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        print(f"Bringing the database up to date ({len(waiting)} steps)", flush=True)
        call_command("migrate", verbosity=0, interactive=False)


def collect_static_files() -> None:
    """Copy, compress and name by content what browsers fetch, where a source has changed since the last time."""
    record = Path(settings.STATIC_ROOT) / "collected.sha256"
    fingerprint = fingerprint_static_files()
    if record.exists() and record.read_text() == fingerprint:
        return
    print("Preparing static files", flush=True)
    call_command("collectstatic", verbosity=0, interactive=False)
    record.write_text(fingerprint)


def fingerprint_static_files() -> str:
    from django.contrib.staticfiles.finders import get_finders

    found = (storage.path(path) for finder in get_finders() for path, storage in finder.list([]))
    states = ((path, Path(path).stat()) for path in sorted(found))
    return sha256(repr([(path, state.st_size, state.st_mtime_ns) for path, state in states]).encode()).hexdigest()


def load_demo_once() -> None:
    """Once in the life of a data folder: a demo organisation that was deleted doesn't come back.

    The record of it holds the sign-ins that still work, for bin/run to announce.
    """
    record = settings.DATA_DIR / DEMO_RECORD
    if not record.exists():
        print("Loading the demo organisation", flush=True)
        try:
            call_command("load_demo", stdout=StringIO())
            call_command("load_demo_results", stdout=StringIO())
            call_command("load_demo_rounds", stdout=StringIO())
            call_command("load_demo_stories", stdout=StringIO())
            call_command("load_demo_actions", stdout=StringIO())
            call_command("load_demo_wall", stdout=StringIO())
            call_command("load_demo_communications", stdout=StringIO())
            call_command("load_demo_reviews", stdout=StringIO())
        except (CommandError, ImproperlyConfigured) as error:
            print(f"It was left out: {error}", flush=True)
    record.write_text("\n".join(demo_sign_ins()))


def demo_sign_ins() -> list[str]:
    from accounts.demo import DEMO_PASSWORD, DEMO_PEOPLE
    from accounts.models import Membership

    roles = dict(Membership.objects.filter(organisation__is_demo=True).values_list("user__email", "role"))
    return [
        f"  {person.email.partition('@')[0]:10}{person.email:24}password {DEMO_PASSWORD}"
        for person in DEMO_PEOPLE
        if person.email in roles
    ]


def main() -> int:
    """Whatever is missing here is one line to the reader."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        django.setup()
        apply_migrations()
        collect_static_files()
        if settings.DEMO:
            load_demo_once()
    except (OperationalError, ImproperlyConfigured, OSError) as error:
        print(f"{type(error).__name__}: {' '.join(str(error).split())}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
