"""The log that counting is measured with: all its figures come out, each malformed line is counted once."""

from __future__ import annotations

from benchmarks.contact_log import MAPPING, write_log
from journeys.contacts.importing import count_contacts
from journeys.contacts.mapping import Mapping


def test_figures_equal_a_plain_sql_count(tmp_path):
    known = write_log(tmp_path / "log.csv", 1_000_000)

    aggregate = count_contacts([tmp_path / "log.csv"], Mapping(**MAPPING, time_zone="UTC"), key="a key")

    whole = aggregate.cells_by("")[""]
    assert (aggregate.rows.read, aggregate.rows.rejected) == (known.rows, known.rejected) == (1_000_000, 400)
    assert aggregate.rows.reasons["missing_cells"] == aggregate.rows.reasons["extra_cells"] == 100
    assert aggregate.rows.reasons["unreadable_time"] == aggregate.rows.reasons["no_time"] == 100
    assert [example.row for example in aggregate.rows.examples["extra_cells"]][:2] == [5_005, 15_005]
    assert [example.row for example in aggregate.rows.examples["unreadable_time"]][:2] == [1_011, 11_011]
    assert aggregate.customers["all", ""] == known.customers
    assert (whole.contacts, whole.timed) == (known.rows - known.rejected,) * 2
    assert whole.milliseconds == known.seconds * 1_000
