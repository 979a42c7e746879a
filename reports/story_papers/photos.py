"""Photos of stories as papers freeze them: one file of JPEGs below ARTIFACT_DIR, named by its own hash.

A photo takes up to 250 kB, too much for a row's inputs. The file stays as long as a paper's row names it.
"""

from __future__ import annotations

import hashlib
import os
import zipfile
from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _

from improvements.models import StoryPhoto
from jobs.artifacts import path_of
from jobs.problems import Refusal

FOLDER = "story-photos"
ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
GREY_QUALITY = 88


def freeze_photos(photos: Iterable[StoryPhoto]) -> tuple[str, dict[int, str]]:
    """The file's name, empty without a photo, and each photo's name in it by its story's id."""
    contents = {photo.story_id: bytes(photo.content) for photo in photos}
    if not contents:
        return "", {}
    names = {story_id: f"{_hash(content)[:32]}.jpg" for story_id, content in contents.items()}
    bundle = _bundle({names[story_id]: content for story_id, content in contents.items()})
    name = f"{FOLDER}/{_hash(bundle)}.zip"
    _keep(name, bundle)
    return name, names


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _bundle(contents: Mapping[str, bytes]) -> bytes:
    """The same photos, the same bytes."""
    with zipfile.ZipFile(out := BytesIO(), "w", zipfile.ZIP_STORED) as bundle:
        for name in sorted(contents):
            bundle.writestr(zipfile.ZipInfo(name, ZIP_EPOCH), contents[name])
    return out.getvalue()


def _keep(name: str, content: bytes) -> None:
    """Write it whole or not at all; one that is there already counts as new, so that no sweeper takes it meanwhile."""
    path = path_of(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(f".{os.getpid()}.part")
    part.write_bytes(content)
    part.rename(path)


def photos_in(inputs: Mapping[str, Any]) -> dict[str, bytes]:
    """The pictures of a paper by name, in grey where it is printed so. Raises Refusal where their file is gone."""
    name = inputs.get("photos")
    if not name:
        return {}
    try:
        content = path_of(name).read_bytes()
    except FileNotFoundError:
        content = b""
    if f"{FOLDER}/{_hash(content)}.zip" != name:
        raise Refusal(_("The photos of this paper are no longer on the server. Make it anew from its stories."))
    with zipfile.ZipFile(BytesIO(content)) as bundle:
        pictures = {each: bundle.read(each) for each in bundle.namelist()}
    return {each: _grey(jpeg) for each, jpeg in pictures.items()} if inputs.get("is_grey") else pictures


def _grey(jpeg: bytes) -> bytes:
    from PIL import Image  # in the child that draws

    with Image.open(BytesIO(jpeg), formats=("JPEG",)) as picture:
        picture.convert("L").save(out := BytesIO(), "JPEG", quality=GREY_QUALITY)
    return out.getvalue()
