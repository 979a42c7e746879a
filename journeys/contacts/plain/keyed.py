"""Keyed hashes of customers: without the key nobody can tell which customer a hash stands for.

A customer's hash is SipHash-2-4 of the number that `words` makes of the id, with any text as the key. Hashes are kept
in the database and compared with those of later logs, so that neither may ever change.
Source: Aumasson and Bernstein 2012, "SipHash: a fast short-input PRF".
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from journeys.contacts.plain.words import Numbers, number_texts

_PIECE = 1 << 15  # numbers whose state stays in the processor's cache
_STATE = tuple(int.from_bytes(word, "big") for word in (b"somepseu", b"dorandom", b"lygenera", b"tedbytes"))
_LENGTH = np.uint64(8 << 56)
_FINAL = np.uint64(0xFF)


def hash_ids(ids: Sequence[str], key: str) -> Numbers:
    """The hashes of customers by their ids."""
    return hash_numbers(number_texts([each.encode() for each in ids]), key)


def hash_numbers(numbers: Numbers, key: str) -> Numbers:
    """The hashes of customers by their numbers."""
    hashes, secret = np.empty(numbers.size, np.uint64), hashlib.sha256(key.encode()).digest()[:16]
    for start in range(0, numbers.size, _PIECE):
        hashes[start : start + _PIECE] = sip_hash(numbers[start : start + _PIECE], secret)
    return hashes


def sip_hash(numbers: Numbers, key: bytes) -> Numbers:
    """Of eight bytes each, the lowest first. key: sixteen bytes."""
    halves = [int(half) for half in np.frombuffer(key, "<u8")]
    state = [np.full(numbers.size, word ^ halves[place % 2], np.uint64) for place, word in enumerate(_STATE)]
    room = np.empty(numbers.size, np.uint64)
    for word in (numbers, _LENGTH):
        state[3] ^= word
        _stir(state, room, rounds=2)
        state[0] ^= word
    state[2] ^= _FINAL
    _stir(state, room, rounds=4)
    first, second, third, fourth = state
    first ^= second
    first ^= third
    first ^= fourth
    return first


def _stir(state: list[Numbers], room: Numbers, rounds: int) -> None:
    first, second, third, fourth = state
    for _round in range(rounds):
        _add(first, second, 13, room)
        _rotate(first, 32, room)
        _add(third, fourth, 16, room)
        _add(first, fourth, 21, room)
        _add(third, second, 17, room)
        _rotate(third, 32, room)


def _add(numbers: Numbers, others: Numbers, bits: int, room: Numbers) -> None:
    """Add others to numbers, turn the others and mix the sums into them."""
    numbers += others
    _rotate(others, bits, room)
    others ^= numbers


def _rotate(numbers: Numbers, bits: int, room: NDArray[np.uint64]) -> None:
    np.left_shift(numbers, np.uint64(bits), out=room)
    numbers >>= np.uint64(64 - bits)
    numbers |= room
