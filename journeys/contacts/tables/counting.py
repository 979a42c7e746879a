"""Which reader a table has."""

from __future__ import annotations

from django.utils.translation import gettext as _

from journeys.contacts.refusals import Refused
from journeys.contacts.tables.addresses import Address
from journeys.contacts.tables.table import Table


def open_table(address: Address, query: str, seconds: float, customer: str = "") -> Table:
    """What the query gives. Raises Refused.

    seconds: what it may take, each time that it is asked. customer: the column that is a customer's, where somebody has
    said it: a server is then not asked for any of its values, not even to look at them.
    """
    if not query and address.kind in {"postgresql", "sqlite", "duckdb"}:
        raise Refused(_("Say with --query what is to be counted: “SELECT … FROM …”, or @FILE."))
    if address.kind == "postgresql":
        from journeys.contacts.tables.postgres import open_postgres

        return open_postgres(address, query, seconds, customer)
    if address.kind == "sqlite":
        from journeys.contacts.tables.lite import open_lite

        return open_lite(address, query, seconds)
    from journeys.contacts.tables.duck import open_duck

    return open_duck(address, query, seconds)
