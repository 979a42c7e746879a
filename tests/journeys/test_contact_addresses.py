"""Where a table lies, said without secrets."""

from __future__ import annotations

import pytest

from journeys.contacts.refusals import Refused
from journeys.contacts.tables.addresses import address_of, has_password, read_query
from journeys.contacts.tables.counting import open_table

SECRET = "postgresql://anna:s%40cret@db.example:5433/calls?sslmode=require&sslpassword=hush"


@pytest.mark.parametrize(
    ("text", "kind", "place"),
    [
        ("postgres://db.example/calls", "postgresql", "postgresql://db.example/calls"),
        ("cockroachdb://db.example/calls", "postgresql", "postgresql://db.example/calls"),
        ("duckdb:///calls.duckdb", "duckdb", "calls.duckdb"),
        ("duckdb:////srv/calls.duckdb", "duckdb", "/srv/calls.duckdb"),
        ("sqlite:///etc/passwd", "sqlite", "/etc/passwd"),  # there is no etc/passwd here
        ("s3://bucket/2024/*.parquet", "remote_files", "s3://bucket/2024/*.parquet"),
        ("/srv/2024/*.parquet", "files", "/srv/2024/*.parquet"),
        ("file:///srv/calls.parquet", "files", "/srv/calls.parquet"),
    ],
)
def test_address_says_what_lies_where(text, kind, place):
    address = address_of(text)

    assert (address.kind, address.place) == (kind, place)


def test_address_is_told_without_secrets(monkeypatch):
    monkeypatch.setenv("WAREHOUSE", SECRET)

    address = address_of("WAREHOUSE")

    assert (address.told, address.name) == ("postgresql://db.example:5433/calls?sslmode=require", "calls")
    assert address.hide(f"bad: {SECRET}, anna:s%40cret, s@cret or hush") == "bad: •••, •••, ••• or •••"
    assert [has_password(text) for text in ("WAREHOUSE", SECRET, "postgresql://anna@db.example/calls")] == [
        False,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [("NOWHERE_URL", "no environment variable NOWHERE_URL"), ("mysql://db/calls", "“mysql” is not known here")],
)
def test_address_that_is_none_is_refused(text, words):
    with pytest.raises(Refused, match=words):
        address_of(text)


def test_query_is_read_from_a_file(tmp_path):
    (tmp_path / "calls.sql").write_text("SELECT *\nFROM calls;\n")

    assert read_query(f"@{tmp_path}/calls.sql") == "SELECT *\nFROM calls"
    with pytest.raises(Refused, match=r"gone\.sql can't be read"):
        read_query(f"@{tmp_path}/gone.sql")


def test_object_store_without_its_extension_says_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))  # where DuckDB keeps extensions

    with pytest.raises(Refused, match=r"httpfs is not installed here\. Install it once"):
        open_table(address_of("s3://bucket/*.parquet"), "", 60)


@pytest.mark.parametrize("address", ["sqlite:///gone.sqlite3", "duckdb:///gone.duckdb"])
def test_database_that_is_not_there_is_refused(address):
    with pytest.raises(Refused, match=r"There is no file gone\."):
        open_table(address_of(address), "SELECT 1", 60)


def test_pattern_that_fits_no_file_is_refused(tmp_path):
    with pytest.raises(Refused, match=r"can't be read: .*No files found"):
        open_table(address_of(f"{tmp_path}/*.parquet"), "", 60)


def test_database_wants_a_query():
    with pytest.raises(Refused, match="Say with --query"):
        open_table(address_of("sqlite:///gone.sqlite3"), "", 60)


def test_server_that_does_not_answer_is_refused_without_its_password():
    with pytest.raises(Refused, match="can't be read") as error:
        open_table(address_of("postgresql://anna:hush@127.0.0.1:9/calls"), "SELECT 1", 60)

    assert "hush" not in str(error.value)
    assert "postgresql://127.0.0.1:9/calls" in str(error.value)
