"""Contacts that lie in a database or in files of a warehouse: counted there by SQL, as rows of a file would be.

`addresses` says where, `counting.open_table` opens what a query gives, `Table.count` counts it. A customer's id does
not leave a PostgreSQL-compatible server; of others this process reads it and keeps keyed hashes alone.
"""
