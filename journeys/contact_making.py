"""A contact log counted in a job's child: no database, only the file and the frozen inputs."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from jobs.child import Report
from jobs.problems import Refusal
from journeys.contact_progress import reporting
from journeys.contacts.aggregate import Aggregate
from journeys.contacts.carrying import carry
from journeys.contacts.mapping import mapping_from
from journeys.contacts.masking import mask_of
from journeys.contacts.noted_rows import NotedRows
from journeys.contacts.reasons import REJECTED, REJECTED_BY_READER
from journeys.contacts.refusals import Refused

NAMES_MAX = 2_000  # touchpoints, or channels; more of them are no names
CELLS_MAX = 100_000
NOTED_BYTES_MAX = 100_000_000  # of a file that is read again for each row that is not in order
COUNTED_PERCENT = 90  # how far the work is when all is counted


def file_path(stored_name: str) -> Path:
    """Where a log that was sent stands."""
    return Path(settings.CONTACT_LOG_DIR) / stored_name


def work_folder() -> Path:
    """Where counting puts aside what does not fit into memory."""
    folder = file_path("work")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def customer_key(organisation_id: int) -> str:
    """What an organisation's customers are hashed with: in all its logs the same, in another's a different one."""
    return salted_hmac("journeys.contacts", str(organisation_id), algorithm="sha256").hexdigest()


def make_import(inputs: dict[str, Any], report: Report) -> bytes:
    """The counts of one file, as `carrying` writes them. Raises Refusal."""
    if "query" in inputs:
        raise Refusal(_("The command that counted this was ended. Give it again."))
    path = file_path(inputs["file"])
    if not path.is_file():
        raise Refusal(_("The file is no longer on the server. Upload it again."))
    try:
        with tempfile.TemporaryDirectory(dir=work_folder()) as folder:
            return _count(path, inputs, Path(folder), report)
    except Refused as refused:
        raise Refusal(str(refused).replace(path.name, inputs["file_name"])) from None


def _count(path: Path, inputs: dict[str, Any], folder: Path, report: Report) -> bytes:
    from journeys.contacts.importing import count_contacts  # with DuckDB and numpy: in a child alone

    mapping = mapping_from(inputs["mapping"])
    key, mask = customer_key(inputs["organisation"]), mask_of(mapping, inputs["columns"])
    with reporting(path, report):
        aggregate = count_contacts([path], mapping, key=key, folder=folder, has_sketches=True)
    check_counts(aggregate)
    report("save", COUNTED_PERCENT)
    noted = NotedRows(mask)
    if path.stat().st_size <= NOTED_BYTES_MAX and noted.total_of(aggregate.rows):
        count_contacts([path], mapping, key=key, folder=folder, note=noted.note)
    else:
        noted.note_examples(aggregate.rows)
    return carry(aggregate, mask, noted.to_csv(aggregate.rows))


def check_counts(aggregate: Aggregate) -> None:
    """Raises Refusal where there is nothing, or more than is stored of one import."""
    if not aggregate.rows.counted:
        words = REJECTED_BY_READER | REJECTED
        reasons = aggregate.rows.reasons.most_common(3)
        said = "; ".join(f"{number}: {words[reason]}" for reason, number in reasons if reason in words)
        raise Refusal(_("No row could be counted. %(reasons)s") % {"reasons": said})
    for part, called in (("touchpoint", _("touchpoint")), ("channel", _("channel"))):
        names = {getattr(place, part) for place in aggregate.cells}
        if len(names) > NAMES_MAX:
            raise Refusal(
                _("The column for the %(part)s holds %(n)d different names. Choose another column, or none.")
                % {"part": called, "n": len(names)}
            )
    if len(aggregate.cells) > CELLS_MAX:
        raise Refusal(_("There are too many touchpoints, channels and months in one file. Import it in parts."))
