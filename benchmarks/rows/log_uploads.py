"""A contact log of 3 GB sent over a connection that breaks five times. UPLOAD_BYTES says another size."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.urls import reverse

from accounts.models import Organisation
from benchmarks.database import an_organisation, signed_in
from benchmarks.interrupted_upload import Sender, Web, running_web
from benchmarks.table import Row, benchmark
from journeys.models import ContactUpload, Journey
from journeys.plan import JourneyPlan
from journeys.sequence import create_journey

USUAL_BYTES = 3_000_000_000
INTERRUPTIONS = 5
SMALL_BYTES = 1_000_000
SENT_RATIO_MOST, MEMORY_MB_MOST = 1.02, 200  # pieces wait in memory until the collector of cycles comes by


@benchmark
def log_uploads() -> Iterator[Row]:
    """Five times half a piece is lost; once the web process is killed as well."""
    size = int(os.environ.get("UPLOAD_BYTES", USUAL_BYTES))
    name = f"upload of {size / 1_000_000_000:g} GB interrupted five times"
    with an_organisation() as organisation, running_web(os.environ) as web, journey_of(organisation) as journey:
        client = signed_in(organisation)
        address = reverse("contact_log_upload", args=[organisation.slug, journey.pk])
        sender = Sender(web, client, size)

        def warm() -> None:
            """As any process is that has seen an upload before."""
            Sender(web, client, SMALL_BYTES).send(address, {})
            discard(ContactUpload.objects.get(size_bytes=SMALL_BYTES), sender)
            web.note_usual()

        warm()
        sender.send(address, interruptions(web, size, warm))
        stored = stored_bytes()
        discard(ContactUpload.objects.get(), sender)
    yield Row(f"{name}, bytes sent", sender.sent / size, SENT_RATIO_MOST)
    yield Row(f"{name}, that arrived", stored / size, 1, is_floor=True)
    yield Row("memory that it adds to the web process", web.added_bytes / 1_000_000, MEMORY_MB_MOST, unit="MB")
    yield Row("bytes left on the disk when it is discarded", stored_bytes(), 0, unit="bytes")


def discard(upload: ContactUpload, sender: Sender) -> None:
    sender.post(reverse("contact_log_discard", args=[upload.journey.organisation.slug, upload.pk]))


@contextmanager
def journey_of(organisation: Organisation) -> Iterator[Journey]:
    journey = create_journey(organisation, JourneyPlan("Measured"))
    try:
        yield journey
    finally:
        journey.delete()


def interruptions(web: Web, size: int, warm: Callable[[], None]) -> dict[int, Callable[[], None]]:
    """After how many bytes, and what happens then."""
    shares = [size * (2 * number + 1) // (2 * INTERRUPTIONS) for number in range(INTERRUPTIONS)]

    def restart() -> None:
        web.kill()
        web.start()
        warm()

    return {place: restart if number == 2 else lambda: None for number, place in enumerate(shares)}


def stored_bytes() -> int:
    return sum(path.stat().st_size for path in Path(settings.CONTACT_LOG_DIR).rglob("*") if path.is_file())
