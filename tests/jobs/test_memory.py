from __future__ import annotations

import gc
import sys
from pathlib import Path

from jobs import memory

PAGES = 4096


def test_settle_gives_free_memory_back():
    blocks = [bytes(2000) for _ in range(20 * PAGES)]
    kept = [bytes(2000) for _ in range(10)]
    del blocks

    before = resident_pages()
    memory.settle()

    assert before - resident_pages() > (5 * PAGES if sys.platform == "linux" else -1)  # elsewhere nobody is asked
    assert len(kept) == 10


def test_settle_takes_what_lives_out_of_the_collectors_rounds():
    try:
        memory.settle()

        assert gc.get_freeze_count() > 0
    finally:
        gc.unfreeze()


def resident_pages() -> int:
    return int(Path("/proc/self/statm").read_text().split()[1]) if sys.platform == "linux" else 0
