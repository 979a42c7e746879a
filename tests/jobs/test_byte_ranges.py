"""Which bytes a Range header asks for."""

from __future__ import annotations

import pytest

from jobs.byte_ranges import NoSuchBytes, Part, bytes_asked


@pytest.mark.parametrize(
    ("header", "asked"),
    [
        ("bytes=0-0", range(0, 1)),
        ("bytes=2-5", range(2, 6)),
        ("bytes=2-", range(2, 10)),
        ("bytes=-3", range(7, 10)),
        ("bytes=-99", range(10)),
        ("bytes=0-99", range(10)),
        ("bytes=0-999999999999999999", range(10)),
        (" Bytes = 2-5 ", range(2, 6)),
    ],
)
def test_bytes_asked_are_a_part_of_the_file(header, asked):
    assert bytes_asked(header, 10) == asked


@pytest.mark.parametrize(
    "header",
    [
        "", "bytes", "bytes=", "bytes=-", "bytes=a-b", "bytes=5-2", "bytes=1-2,4-5", "bytes=--1", "bytes=+1-2",
        "lines=1-2", "bytes=1-2 3", "bytes=٣-٤", "bytes=1" + "0" * 5000 + "-",
    ],
)  # fmt: skip
def test_bytes_asked_in_words_that_mean_nothing_are_ignored(header):
    assert bytes_asked(header, 10) is None


@pytest.mark.parametrize(
    ("header", "size"), [("bytes=10-", 10), ("bytes=99-100", 10), ("bytes=-0", 10), ("bytes=0-", 0)]
)
def test_bytes_asked_behind_the_end_are_refused(header, size):
    with pytest.raises(NoSuchBytes):
        bytes_asked(header, size)


def test_part_ends_where_it_should_however_it_is_read(tmp_path):
    path = tmp_path / "file"
    path.write_bytes(b"0123456789")
    at_once, in_pieces = Part(path, range(2, 6)), Part(path, range(2, 6))

    pieces = [in_pieces.read(3) for _ in range(3)]

    assert (at_once.read(), pieces) == (b"2345", [b"234", b"5", b""])
    at_once.close(), in_pieces.close()
