"""A fork of this process, whose threads it has none of."""

from __future__ import annotations

import os
import warnings


def fork() -> int:
    """As os.fork. Python warns from 3.12 on where threads exist (a connection's, a database's): a fork that is made
    here uses none of their locks.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()
