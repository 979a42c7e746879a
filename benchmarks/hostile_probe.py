"""Sends the files of a folder through the upload; prints JSON. Called by rows.uploads."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from time import process_time

import django
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

TOO_LARGE = 5_000_001  # refused before it is read


def main(folder: Path) -> None:
    django.setup()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    from benchmarks.database import an_organisation, signed_in

    with an_organisation() as organisation:
        client, address = signed_in(organisation), reverse("journey_upload", args=[organisation.slug])
        send(client, address, "first.csv", b"Moment\nAsks")
        send(client, address, "refused.csv", b"a" * TOO_LARGE)  # what receiving takes, and this client, is not counted
        before = memory_mb()
        seconds = {path.name: send(client, address, path.name, path.read_bytes()) for path in sorted(folder.iterdir())}
        print(json.dumps({"seconds": seconds, "memory_mb": memory_mb() - before}))


def send(client: Client, address: str, name: str, content: bytes) -> float:
    """Processor seconds until the answer, which is never a failure."""
    start = process_time()
    answer = client.post(address, {"file": SimpleUploadedFile(name, content)})
    seconds = process_time() - start
    assert answer.status_code in (200, 422), name
    return seconds


def memory_mb() -> float:
    """The most that this program has held so far. getrusage would tell of the process that started it, too."""
    words = Path("/proc/self/status").read_text().split()
    return int(words[words.index("VmHWM:") + 1]) / 1024


if __name__ == "__main__":
    main(Path(sys.argv[1]))
