"""manage.py import_contacts FILE...: contact logs counted, and what came out. Notes go to standard error."""

from __future__ import annotations

import json
from argparse import ArgumentParser, BooleanOptionalAction
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.crypto import salted_hmac

from journeys.contact_command import import_into
from journeys.contacts.importing import count_contacts
from journeys.contacts.mapping import Mapping, mapping_from
from journeys.contacts.plain_summary import plain_lines
from journeys.contacts.refusals import Refused
from journeys.contacts.sample import Sample, sniff
from journeys.contacts.summary import summarise


class Command(BaseCommand):
    help = "Count contact logs: CSV, TSV, XLSX, Parquet, JSON lines and XES, plain or packed with gzip or zstd."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", metavar="FILE", nargs="+", type=Path, help="Logs of the same shape.")
        parser.add_argument("--map", dest="mapping", type=Path, help="JSON that says which column is which.")
        parser.add_argument("--write-map", type=Path, help="Write the mapping that is guessed, to be mended, and stop.")
        parser.add_argument("--json", action="store_true", dest="is_json", help="Print the summary as JSON.")
        parser.add_argument(
            "--estimate",
            action="store_true",
            help="Take less memory: estimate customers from a sample, and don't look for repeated rows.",
        )
        parser.add_argument("--dry-run", action="store_true", help="Store nothing, --journey or not.")
        parser.add_argument("--journey", type=int, help="Number of the journey that the figures are stored for.")
        parser.add_argument(
            "--wait",
            action=BooleanOptionalAction,
            default=True,
            help="With --journey: help to count, and end when all is counted; --no-wait leaves all to the workers.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["journey"] is not None and not options["dry_run"]:
            self._store(options)
            return
        try:
            mapping = _read_mapping(options["mapping"]) if options["mapping"] else self._guess(options["files"][0])
            if options["write_map"]:
                _write_mapping(mapping, options["write_map"])
                return
            aggregate = count_contacts(options["files"], mapping, key=_key(), is_estimate=options["estimate"])
        except Refused as refused:
            raise CommandError(str(refused)) from None
        summary = summarise(aggregate)
        summary["mapping"] = mapping.to_dict()
        told = (
            json.dumps(summary, ensure_ascii=False, indent=1) if options["is_json"] else "\n".join(plain_lines(summary))
        )
        self.stdout.write(told)
        if not aggregate.rows.counted:
            raise CommandError("No row could be counted.")

    def _store(self, options: dict[str, Any]) -> None:
        try:
            mapping = _read_mapping(options["mapping"]) if options["mapping"] else None
            for line in import_into(options["journey"], options["files"], mapping, waits=options["wait"]):
                self.stdout.write(line)
        except Refused as refused:
            raise CommandError(str(refused)) from None

    def _guess(self, path: Path) -> Mapping:
        sample = sniff(path)
        if sample.mapping is None:
            raise CommandError(f"No column of {path.name} holds times. It has: {', '.join(sample.columns[:20])}.")
        self._say(sample)
        return sample.mapping

    def _say(self, sample: Sample) -> None:
        """What was guessed, so that nobody takes figures for granted that rest on a wrong column."""
        if sample.mapping:
            roles = ", ".join(f"{role} = {column}" for role, column in sample.mapping.columns.items())
            self.stderr.write(f"Guessed: {roles}. Say otherwise with --map.")
        for doubt in sample.doubts:
            if doubt.kind == "time_zone":
                self.stderr.write(f"{doubt.column} has no time zone ({doubt.examples[0]}): taken as UTC.")


def _read_mapping(path: Path) -> Mapping:
    try:
        return mapping_from(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError) as error:
        if isinstance(error, Refused):
            raise
        raise CommandError(f"{path} is no mapping in JSON: {error}") from None


def _write_mapping(mapping: Mapping, path: Path) -> None:
    try:
        path.write_text(json.dumps(mapping.to_dict(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as error:
        raise CommandError(f"{path} can't be written: {error.strerror}.") from None


def _key() -> str:
    """What customers' ids are hashed with where no organisation is named."""
    return salted_hmac("journeys.contacts", "").hexdigest()
