"""Rows written anew in a random order under new random ids, so that their order in a dump tells nothing.

A row's new id is a digest of the old one and a secret that is thrown away; rows go in sorted by it. Up to SHUFFLED_MOST
responses a batch: above that, rewriting would keep others waiting, and rows stay where they are, with random ids and
without a time, but in the order in which the database stored them. Ideas are rewritten in any number.
"""

from __future__ import annotations

import secrets
from uuid import UUID

from django.db import connection, models

from assessments.models import Batch, Idea, Rating, Response

SHUFFLED_MOST = 10_000


def move_shuffled(claimed: Batch, batch: Batch) -> None:
    """Move the responses of `claimed` with their ratings to `batch`, rewritten. Call inside a transaction."""
    secret = secrets.token_hex(32)
    whose = f"(SELECT id FROM {_table(Response)} WHERE batch_id = %s)"  # noqa: S608  # names of our own
    _rewrite(Response, {"id": _digest("id"), "batch_id": "%s"}, "batch_id = %s", [secret, batch.pk, claimed.pk])
    _rewrite(Rating, {"response_id": _digest("response_id")}, f"response_id IN {whose}", [secret, claimed.pk])
    _run(f"DELETE FROM {_table(Rating)} WHERE response_id IN {whose}", [claimed.pk])  # noqa: S608
    _run(f"DELETE FROM {_table(Response)} WHERE batch_id = %s", [claimed.pk])  # noqa: S608


def move_ideas(claimed: Batch, batch: Batch) -> None:
    """Move the ideas of the responses of `claimed` to `batch`, rewritten and cut off from who wrote them."""
    whose = f"response_id IN (SELECT id FROM {_table(Response)} WHERE batch_id = %s)"  # noqa: S608
    changed = {"id": _digest("id"), "response_id": "NULL", "batch_id": "%s"}
    _rewrite(Idea, changed, whose, [secrets.token_hex(32), batch.pk, claimed.pk])
    _run(f"DELETE FROM {_table(Idea)} WHERE {whose}", [claimed.pk])  # noqa: S608


def _rewrite(model: type[models.Model], changed: dict[str, str], where: str, values: list[str | int | UUID]) -> None:
    """Copy rows with some columns changed, in the order of the first of these."""
    columns = [*changed, *(name for name in _columns(model) if name not in changed)]
    taken = ", ".join(changed.get(name, connection.ops.quote_name(name)) for name in columns)
    names = ", ".join(map(connection.ops.quote_name, columns))
    table = _table(model)
    _run(f"INSERT INTO {table} ({names}) SELECT {taken} FROM {table} WHERE {where} ORDER BY 1", values)  # noqa: S608


def _digest(column: str) -> str:
    """SQL of a new id."""
    if connection.vendor == "postgresql":
        return f"MD5({column}::text || %s)::uuid"
    return f"MD5({column} || %s)"


def _columns(model: type[models.Model]) -> list[str]:
    return [field.column for field in model._meta.local_concrete_fields if field.column]


def _table(model: type[models.Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _run(query: str, values: list[str | int | UUID]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(query, values)
