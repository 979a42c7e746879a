"""A file packed with zstd is known to be whole, or to break off, without unpacking it."""

from __future__ import annotations

import random

import duckdb
import pytest

from journeys.contacts.engine import quoted
from journeys.contacts.zstd_frames import is_whole


@pytest.fixture
def packed(tmp_path):
    path = tmp_path / "log.csv.zst"
    rows = "SELECT range AS customer, hash(range) AS words FROM range(40000)"
    with duckdb.connect() as connection:
        connection.execute(f"COPY ({rows}) TO {quoted(str(path))} (FORMAT csv, COMPRESSION zstd)")
    return path


def test_whole_file_is_whole_alone_and_behind_another(packed):
    content = packed.read_bytes()
    skipped = b"\x5a\x2a\x4d\x18" + (3).to_bytes(4, "little") + b"abc"

    answers = [is_whole(packed)]
    for more in (content, skipped, skipped + content):
        packed.write_bytes(content + more)
        answers.append(is_whole(packed))

    assert answers == [True] * 4


def test_file_that_breaks_off_anywhere_is_not_whole(packed):
    content = packed.read_bytes()
    places = [1, 4, 5, 6, 9, *random.Random(7).sample(range(10, len(content)), 200), len(content) - 1]

    for place in places:
        packed.write_bytes(content[:place])
        assert not is_whole(packed), place


def test_frame_of_hand_is_read_by_the_book(tmp_path):
    path = tmp_path / "small.zst"
    frame = b"\x28\xb5\x2f\xfd"
    single_with_checksum = frame + bytes([0x24, 3]) + (3 << 3 | 1).to_bytes(3, "little") + b"abc" + b"sum!"
    repeated = frame + bytes([0x00, 0x58]) + (9 << 3 | 1 << 1).to_bytes(3, "little") + b"x" + (1).to_bytes(3, "little")
    reserved = frame + bytes([0x20, 0]) + (3 << 1 | 1).to_bytes(3, "little")
    answers = {}

    for name, content in {"single": single_with_checksum, "repeated": repeated, "reserved": reserved}.items():
        path.write_bytes(content)
        answers[name] = is_whole(path)
    path.write_bytes(single_with_checksum[:-1])
    answers["without its checksum"] = is_whole(path)

    assert answers == {"single": True, "repeated": True, "reserved": False, "without its checksum": False}
