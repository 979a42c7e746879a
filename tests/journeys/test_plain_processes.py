"""Plain rows read by several processes: what one found, the other has, whoever of them read what."""

from __future__ import annotations

import gzip
import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from journeys.contact_progress import reporting
from journeys.contacts.importing import count_contacts
from journeys.contacts.plain import distinct, people, reader, scan
from journeys.contacts.plain.apart import Apart, SharedTexts
from journeys.contacts.plain.log import count_plain
from journeys.contacts.plain.names import Names
from journeys.contacts.plain.people import People
from journeys.contacts.plain.unfit import Unfit
from journeys.contacts.plain.words import mix
from journeys.contacts.refusals import Refused
from tests.journeys.contact_logs import MAPPING, a_log
from tests.journeys.test_plain_rows import ODD, comparable, kept, rows_of

BLOCK_BYTES = 1_000


@pytest.fixture
def small_pieces(monkeypatch):
    """So that little logs are shared among processes, too."""
    monkeypatch.setattr("journeys.contacts.plain.blocks.BLOCK_BYTES", BLOCK_BYTES)
    monkeypatch.setattr(reader, "_BATCH", 50)
    monkeypatch.setattr(people, "_SHARE", 50)
    monkeypatch.setattr(distinct, "_FEW_CONTACTS", 10)


def alone(monkeypatch):
    monkeypatch.setattr(scan, "PROCESSES", 1)
    monkeypatch.setattr(distinct, "PROCESSES", 1)


def test_work_apart_hands_arrays_back():
    found = {"words": "é", "long": np.arange(100_001), "none": np.zeros(0), "odd": np.arange(7, dtype=np.uint8)}
    helper = Apart(lambda: found)

    got = helper.result()
    helper.end()

    assert {name: np.asarray(each).tolist() for name, each in got.items()} == {
        name: np.asarray(each).tolist() for name, each in found.items()
    }
    assert got["long"].ctypes.data % got["long"].itemsize == 0


def test_work_apart_raises_what_it_raised():
    def fail() -> None:
        raise Unfit("NUL")

    helper = Apart(fail)

    with pytest.raises(Unfit, match="NUL"):
        helper.result()
    helper.end()


def test_work_apart_that_is_killed_was_too_large():
    helper = Apart(lambda: os.kill(os.getpid(), signal.SIGKILL))

    with pytest.raises(MemoryError):
        helper.result()
    helper.end()


def test_work_apart_ends_with_whoever_asked_for_it(tmp_path):
    told = tmp_path / "pid"
    program = f"""
import os, pathlib, time
from journeys.contacts.plain.apart import Apart
def work():
    pathlib.Path({str(told)!r}).write_text(str(os.getpid()))
    time.sleep(60)
Apart(work).result()
"""
    with subprocess.Popen([sys.executable, "-c", program], cwd=Path(__file__).parents[2]) as asker:
        pid = _wait_for(lambda: int(told.read_text() or 0) if told.exists() else 0)

        asker.kill()

    _wait_for(lambda: not _is_running(pid))


def _wait_for(found, seconds: float = 20):
    last = time.monotonic() + seconds
    while time.monotonic() < last:
        if each := found():
            return each
        time.sleep(0.01)
    raise AssertionError("waited too long")


def _is_running(pid: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False


def test_texts_have_one_order_for_all():
    texts = SharedTexts(10_000)

    def add(word: str) -> list[str]:
        seen = []
        for number in range(100):
            with texts.held():
                seen += texts.news()
                texts.add(f"{word} {number}")
                seen.append(f"{word} {number}")
        return seen

    helper = Apart(partial(add, "one"))
    mine, others = add("two"), helper.result()
    helper.end()

    mine += texts.news()
    assert others == mine[: len(others)]
    assert sorted(mine) == sorted(f"{word} {number}" for word in ("one", "two") for number in range(100))


def test_text_without_room_is_refused():
    texts = SharedTexts(10)
    texts.add("12345")

    with pytest.raises(ValueError, match="room"):
        texts.add("6")


def test_names_that_another_process_learned_have_its_codes():
    names = Names(10)
    names.code("Call")
    helper = Apart(lambda: [names.code(name) for name in ("Web", "Call", "Desk")])

    theirs = helper.result()
    helper.end()

    assert theirs == [1, 0, 2]
    assert [names.code(name) for name in ("Desk", "Gate", "Web")] == [2, 3, 1]
    assert names.texts == ["Call", "Web", "Desk", "Gate"]


@pytest.mark.parametrize(
    "way", [{}, {"is_estimate": True}, {"has_sketches": True}], ids=["exact", "estimate", "sketches"]
)
@pytest.mark.parametrize("is_packed", [False, True], ids=["plain", "gzip"])
def test_two_processes_count_as_one_does(tmp_path, monkeypatch, small_pieces, way, is_packed):
    monkeypatch.setattr(people, "SAMPLE_CONTACTS", 200)
    rows = [
        f"{place % 900}{'-of-the-long-ids' * (place % 2)},2024-01-31 10:00:{place % 60:02},2024-01-31 10:05:00,Call,Web"
        for place in range(3_000)
    ]
    log = a_log(tmp_path, *rows, *ODD, *rows_of(seed=3, number=2_000), name="log.csv")
    if is_packed:
        packed = tmp_path / "log.csv.gz"
        packed.write_bytes(gzip.compress(log.read_bytes()))
        log = packed

    both = count_plain([log, log], MAPPING, key="a key", **way)

    alone(monkeypatch)
    one = count_plain([log, log], MAPPING, key="a key", **way)
    assert comparable(both) == comparable(one)
    assert (both.customers, both.sampled, both.sketches) == (one.customers, one.sampled, one.sketches)


@pytest.mark.parametrize("is_first", [True, False])
def test_many_and_few_are_one_sample(monkeypatch, is_first):
    monkeypatch.setattr(people, "SAMPLE_CONTACTS", 200)
    many, few, all_of_them = (People(is_sample=True) for _each in range(3))
    for some, numbers in ((many, range(5_000)), (few, range(5_000, 5_020)), (all_of_them, range(5_020))):
        customers = mix(np.array(numbers, np.uint64))
        some.add(customers, np.zeros(customers.size, np.uint32), np.zeros(0, np.uint64))

    one, other = (many, few) if is_first else (few, many)
    one.take_in(other.sample)

    def found(some: People) -> list[int]:
        return sorted(number for share in some.shares() for number in share.customers.tolist())

    assert (one.halvings, found(one)) == (all_of_them.halvings, found(all_of_them))
    assert one.halvings > 3


def test_two_processes_keep_the_customers_that_one_keeps(tmp_path, monkeypatch, small_pieces):
    log, two, one = a_log(tmp_path, *rows_of(seed=4, number=3_000)), tmp_path / "two.parquet", tmp_path / "one.parquet"

    count_plain([log], MAPPING, key="a key", keep=two)

    alone(monkeypatch)
    count_plain([log], MAPPING, key="a key", keep=one)
    assert kept(two) == kept(one)
    assert len(kept(two)) > 150


def test_what_no_process_can_read_ends_all_of_them(tmp_path, small_pieces):
    log = a_log(tmp_path, *rows_of(1, number=3_000), "5,2024-01-31 10:00:00,2024-01-31 10:05:00,Ca\0ll,Web")

    with pytest.raises(Unfit):
        count_plain([log], MAPPING)

    assert not Path("/proc/self/task", str(os.getpid()), "children").read_text().split()


def test_packed_log_that_breaks_off_is_refused(tmp_path, small_pieces):
    log = a_log(tmp_path, *rows_of(1, number=8_000))
    packed = tmp_path / "broken.csv.gz"
    packed.write_bytes(gzip.compress(log.read_bytes())[:-100])

    with pytest.raises(Unfit):
        count_plain([packed], MAPPING)
    with pytest.raises(Refused):
        count_contacts([packed], MAPPING, key="a key")


def test_progress_goes_by_the_place_that_all_have_reached(tmp_path, monkeypatch):
    monkeypatch.setattr("journeys.contact_progress.LOOK_SECONDS", 0.01)
    path, told = tmp_path / "log.csv", []
    path.write_bytes(bytes(1_000_000))

    with path.open("rb", buffering=0) as file, reporting(path, lambda step, percent: told.append((step, percent))):
        helper = Apart(lambda: len(file.read(500_000)))
        assert helper.result() == 500_000
        helper.end()
        _wait_for(lambda: len(told) > 1)

    assert told == [("read", 0), ("read", 40)]
