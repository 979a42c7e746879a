"""One run with a database and a broker of its own: python -m checks.chaos --broker redis --database postgresql."""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path

import django
from django.core.management import call_command

from checks.chaos.brokers import Broker, FolderBroker, own_redis
from checks.servers import postgresql

QUICK = {"JOB_LEASE_SECONDS": "3", "JOB_HEARTBEAT_SECONDS": "0.5", "JOB_SWEEP_SECONDS": "0.5"}


def main(arguments: list[str]) -> None:
    options = choose(arguments)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="moments-of-truth-chaos-")))
        folder.chmod(0o755)
        broker = prepare(options, folder, stack)
        django.setup()
        call_command("migrate", verbosity=0)
        print(json.dumps(measure(options, broker, folder)))


def choose(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m checks.chaos", description="Kill workers, lose brokers, count.")
    parser.add_argument("--broker", choices=("files", "redis"), default="files")
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    for name, usual in (("renders", 500), ("kills", 50), ("losses", 10), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=usual)
    return parser.parse_args(arguments)


def prepare(options: argparse.Namespace, folder: Path, stack: ExitStack) -> Broker:
    """The servers of the run's own, and an environment that names them; before any setting is read."""
    for name in ("data", "postgresql", "redis"):
        (folder / name).mkdir()
    for name in ("DATABASE_URL", "REDIS_URL"):
        os.environ.pop(name, None)
    os.environ |= QUICK | {"DJANGO_SETTINGS_MODULE": "config.settings", "ENV_FILE": os.devnull}
    os.environ |= {"DATA_DIR": str(folder / "data"), "LOG_LEVEL": "ERROR"}
    if options.database == "postgresql":
        os.environ["DATABASE_URL"] = stack.enter_context(postgresql(folder / "postgresql"))
    if options.broker == "files":
        return FolderBroker(folder / "data" / "broker" / "queue")
    redis = stack.enter_context(own_redis(folder / "redis"))
    os.environ["REDIS_URL"] = redis.url
    return redis


def measure(options: argparse.Namespace, broker: Broker, folder: Path) -> dict[str, float]:
    from accounts.models import Organisation
    from checks.chaos.run import Plan, Run

    plan = Plan(options.renders, options.kills, options.losses, options.seed)
    organisation = Organisation.objects.create(name="Shaken", slug="shaken")
    told = {**os.environ, "LOG_LEVEL": "INFO"}
    return asdict(Run(plan, organisation, told, broker, folder).outcome())


if __name__ == "__main__":
    main(sys.argv[1:])
