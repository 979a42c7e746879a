"""What a worker does with its memory before it forks: the less of it is written to, the more stays shared."""

from __future__ import annotations

import ctypes
import gc
import sys


def settle() -> None:
    """Collect garbage, take what is left out of the collector's rounds, give free memory back to the system.

    Pages that lie free would be handed out again in a child, and held twice from then on.
    """
    gc.collect()
    gc.freeze()
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # glibc's; musl has none
        if trim is not None:
            trim(0)
