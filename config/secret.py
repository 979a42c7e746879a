"""The secret key that a first start makes and keeps in the data folder."""

import os
import secrets
from pathlib import Path


def read_or_make_secret(path: Path) -> str:
    """The key kept in `path`; on the first start 64 random bytes, readable by the owner only.

    Two processes starting at once agree: the file is filled elsewhere and linked into place, which only one can do.
    """
    if not path.exists():
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(64))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()
