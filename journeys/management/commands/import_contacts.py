"""manage.py import_contacts FILE..., or --from DATABASE: contact logs counted, and what came out.

Notes go to standard error.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.crypto import salted_hmac

from journeys.contact_command import import_into, journey_numbered, said_of
from journeys.contact_queries import import_query
from journeys.contacts.aggregate import Aggregate
from journeys.contacts.importing import count_contacts
from journeys.contacts.mapping import Mapping, mapping_from
from journeys.contacts.plain_summary import plain_lines
from journeys.contacts.refusals import Refused
from journeys.contacts.sample import Sample, guessed, sample_of, sniff
from journeys.contacts.summary import summarise
from journeys.contacts.tables.addresses import address_of, has_password, read_query
from journeys.contacts.tables.counting import open_table
from journeys.contacts.tables.table import Wanted
from journeys.contacts.tables.watching import count_watched
from journeys.management.contact_arguments import ADDRESS_IS_SEEN, add_file_arguments, add_query_arguments


class Command(BaseCommand):
    help = (
        "Count contact logs: CSV, TSV, XLSX, Parquet, JSON lines and XES, plain or packed with gzip or zstd; or what a "
        "query gives, counted inside a PostgreSQL-compatible database, DuckDB, SQLite, or Parquet files, also on S3."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_file_arguments(parser)
        add_query_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        if bool(options["files"]) == bool(options["source"]):
            raise CommandError("Name files, or a database with --from.")
        try:
            if options["source"]:
                self._handle_query(options)
            elif options["journey"] is not None and not options["dry_run"]:
                self._store(options)
            else:
                self._count(options)
        except Refused as refused:
            raise CommandError(str(refused)) from None
        except KeyboardInterrupt:
            raise CommandError(_stopped(options), returncode=130) from None

    def _count(self, options: dict[str, Any]) -> None:
        mapping = _read_mapping(options["mapping"]) if options["mapping"] else self._guess(options["files"][0])
        if options["write_map"]:
            _write_mapping(mapping, options["write_map"])
            return
        self._tell(
            count_contacts(options["files"], mapping, key=_key(), is_estimate=options["estimate"]), mapping, options
        )

    def _tell(self, aggregate: Aggregate, mapping: Mapping, options: dict[str, Any]) -> None:
        summary = summarise(aggregate)
        summary["mapping"] = mapping.to_dict()
        told = (
            json.dumps(summary, ensure_ascii=False, indent=1) if options["is_json"] else "\n".join(plain_lines(summary))
        )
        self.stdout.write(told)
        if not aggregate.rows.counted:
            raise CommandError("No row could be counted.")

    def _handle_query(self, options: dict[str, Any]) -> None:
        if has_password(options["source"]):
            self.stderr.write(ADDRESS_IS_SEEN)
        address, query = address_of(options["source"]), read_query(options["query"])
        given = _read_mapping(options["mapping"]) if options["mapping"] else None
        if options["journey"] is not None and not options["dry_run"]:
            journey = journey_numbered(options["journey"])
            told = {"name": options["name"], "seconds": options["timeout"], "say": self.stderr.write}
            job = import_query(journey, address, query, given, **told)
            self.stdout.write(
                said_of(job) if job else f"{address.name}: gives what it gave before. Nothing is changed."
            )
            return
        table = open_table(address, query, options["timeout"], given.customer if given else "")
        mapping = given or self._guess_of(sample_of(table.source), table.name)
        if options["write_map"]:
            _write_mapping(mapping, options["write_map"])
            return
        found = count_watched(lambda watch: table.count(mapping, Wanted(_key(), watch=watch)))
        self._tell(found, mapping, options)

    def _store(self, options: dict[str, Any]) -> None:
        mapping = _read_mapping(options["mapping"]) if options["mapping"] else None
        for line in import_into(options["journey"], options["files"], mapping, waits=options["wait"]):
            self.stdout.write(line)

    def _guess(self, path: Path) -> Mapping:
        return self._guess_of(sniff(path), path.name)

    def _guess_of(self, sample: Sample, name: str) -> Mapping:
        mapping = guessed(sample, name)
        self._say(sample)
        return mapping

    def _say(self, sample: Sample) -> None:
        """What was guessed, so that nobody takes figures for granted that rest on a wrong column."""
        if sample.mapping:
            roles = ", ".join(f"{role} = {column}" for role, column in sample.mapping.columns.items())
            self.stderr.write(f"Guessed: {roles}. Say otherwise with --map.")
        for doubt in sample.doubts:
            if doubt.kind == "time_zone":
                self.stderr.write(f"{doubt.column} has no time zone ({doubt.examples[0]}): taken as UTC.")


def _stopped(options: dict[str, Any]) -> str:
    is_stored = not options["source"] and options["journey"] is not None and not options["dry_run"]
    rest = "Workers count the files that were taken in." if is_stored else "Nothing was counted."
    return f"Stopped. {rest}"


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
