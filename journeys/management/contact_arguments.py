"""What one may say to manage.py import_contacts."""

from __future__ import annotations

from argparse import ArgumentParser, BooleanOptionalAction
from pathlib import Path

ADDRESS_IS_SEEN = (
    "Whoever lists the processes of this machine sees the password in this address. Put the address into an "
    "environment variable, and name that with --from."
)


def add_file_arguments(parser: ArgumentParser) -> None:
    """Which files, how they are understood, and what comes of them."""
    parser.add_argument("files", metavar="FILE", nargs="*", type=Path, help="Logs of the same shape.")
    parser.add_argument("--map", dest="mapping", type=Path, help="JSON that says which column is which.")
    parser.add_argument("--write-map", type=Path, help="Write the mapping that is guessed, to be mended, and stop.")
    parser.add_argument("--json", action="store_true", dest="is_json", help="Print the summary as JSON.")
    parser.add_argument(
        "--estimate",
        action="store_true",
        help="Take less memory: estimate customers from a sample, and don't look for repeated rows. Of files alone.",
    )
    parser.add_argument("--dry-run", action="store_true", help="Store nothing, --journey or not.")
    parser.add_argument("--journey", type=int, help="Number of the journey that the figures are stored for.")
    parser.add_argument(
        "--wait",
        action=BooleanOptionalAction,
        default=True,
        help="With --journey: help to count, and end when all is counted; --no-wait leaves all to the workers.",
    )


def add_query_arguments(parser: ArgumentParser) -> None:
    """Which rows of which database."""
    parser.add_argument(
        "--from",
        dest="source",
        metavar="DATABASE",
        help="Count inside a database instead of files: postgresql://..., duckdb:///FILE, sqlite:///FILE, Parquet "
        "files as a PATTERN or s3://BUCKET/PATTERN; or the name of an environment variable that holds the address.",
    )
    parser.add_argument(
        "--query", default="", help="What to count: SELECT ..., or @FILE. Of Parquet files: FROM source."
    )
    parser.add_argument("--name", default="", help="What the import of a query is called on the page.")
    parser.add_argument(
        "--timeout", type=float, default=3600.0, metavar="SECONDS", help="What one statement in a database may take."
    )
