"""bin/test: everything that must hold, on a machine that has only what bin/install brought."""

import os
import re
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from time import monotonic

from checks.servers import postgresql, redis
from checks.step import Outcome, run_quietly
from checks.suite import run_part, run_side_by_side
from checks.tools import lint_migrations, run_tools
from launch import ROOT, SetupError
from launch.programs import find_chromium


def main(given: list[str]) -> int:
    """`given` goes on to pytest, which then runs alone."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    start = monotonic()
    try:
        with a_folder() as folder:
            outcomes = ([] if given else look(folder)) + run_suite(folder, given)
    except SetupError as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return conclude(outcomes, monotonic() - start)


@contextmanager
def a_folder() -> Iterator[Path]:
    """Passing through is allowed to all: the database server runs as another user than root."""
    with tempfile.TemporaryDirectory(prefix="moments-of-truth-tests-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        yield folder


def look(folder: Path) -> list[Outcome]:
    environment = environment_for(folder / "tools")
    return [
        *run_tools(environment),
        run_quietly("bin/run --check", [str(ROOT / "bin" / "run"), "--check"], environment),
    ]


def run_suite(folder: Path, given: list[str]) -> list[Outcome]:
    alone = environment_for(folder / "sqlite")
    outcomes = [run_part(part, "SQLite", alone, folder, given) for part in ("suite", "browser")]
    with ExitStack() as servers:
        for name in ("postgresql", "redis"):
            (folder / name).mkdir()
        together = {
            **environment_for(folder / "servers"),
            "DATABASE_URL": servers.enter_context(postgresql(folder / "postgresql")),
            "REDIS_URL": servers.enter_context(redis(folder / "redis")),
        }
        outcomes += [] if given else [lint_migrations(together)]
        places = {"SQLite": alone, "PostgreSQL and Redis": together}
        outcomes.append(run_part("suite", "PostgreSQL and Redis", together, folder, given))
        return outcomes + run_side_by_side("real worker", places, folder, given)


def environment_for(data: Path) -> dict[str, str]:
    """The environment without any setting of the person's own, so that the run is the same everywhere."""
    own = set(re.findall(r"^# ?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    kept = {name: value for name, value in os.environ.items() if name not in own}
    return {
        **kept,
        "ENV_FILE": os.devnull,
        "DATA_DIR": str(data),
        "CHROMIUM": find_chromium() or "",
    }


def conclude(outcomes: list[Outcome], seconds: float) -> int:
    """One line a step, then the sum as the last line."""
    print(f"\n== all steps, {seconds:.0f} s")
    for outcome in outcomes:
        print(outcome.line)
    passed, failed, skipped = (sum(getattr(one, name) for one in outcomes) for name in ("passed", "failed", "skipped"))
    print(f"\n{passed} passed, {failed} failed, {skipped} skipped", flush=True)
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
