"""Photos as they are kept: whatever is sent, nothing but pixels is left."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from improvements.limits import PHOTO_BYTES_MAX
from improvements.stories import photo_program
from improvements.stories.photos import WORDS, clean_photo
from jobs.picture_cleaning import PictureRefused
from jobs.picture_program import Refused
from tests.improvements.tales import gps_photo, photo_file
from tests.reports.hostile_logos import bomb_png, picture, svg, text_bomb_png

REFUSED = {
    "nothing": (b"", "unreadable"),
    "svg": (svg(), "unreadable"),
    "html": (b"<html><script>alert(1)</script></html>", "unreadable"),
    "gif": (picture("GIF"), "unreadable"),
    "tiff named png": (b"\x89PNG\r\n\x1a\n" + picture("TIFF"), "unreadable"),
    "truncated jpeg": (photo_file()[:400], "unreadable"),
    "truncated png": (photo_file(kind="PNG")[:-60], "unreadable"),
    "jpeg that is none": (b"\xff\xd8\xff" + bytes(1000), "unreadable"),
    "1.4 GB of pixels": (bomb_png(), "pixels"),
    "200 MB of comment": (text_bomb_png(), "unreadable"),
    "larger than 15 MB": (photo_file() + bytes(15_000_000), "large"),
    "too small": (photo_file((20, 20)), "small"),
}


@pytest.mark.parametrize(("upload", "reason"), REFUSED.values(), ids=REFUSED)
def test_hostile_picture_is_refused_with_a_word_on_what_to_do(upload, reason):
    with pytest.raises(PictureRefused) as refusal:
        clean_photo(upload)

    assert str(refusal.value) == str(WORDS[reason])


def test_place_camera_and_notes_are_gone_and_the_picture_stands_upright():
    upload = gps_photo(orientation=6)

    photo = clean_photo(upload)

    kept = Image.open(BytesIO(photo.content))
    assert b"SecretCamera" in upload
    assert b"SecretNote" in upload
    assert [word in photo.content for word in (b"Secret", b"Exif", b"GPS", b"ICC_PROFILE")] == [False] * 4
    assert (dict(kept.getexif()), kept.size, kept.format) == ({}, (200, 400), "JPEG")
    assert (photo.width, photo.height) == (200, 400)


@pytest.mark.parametrize(
    "upload",
    [photo_file() + b"<html><script>alert(1)</script></html>", photo_file(kind="PNG") + b"PK\x05\x06" + bytes(18)],
    ids=["jpeg and html", "png and zip"],
)
def test_what_hides_behind_a_picture_is_gone(upload):
    photo = clean_photo(upload)

    assert photo.content.endswith(b"\xff\xd9")
    assert b"script" not in photo.content
    assert b"PK\x05\x06" not in photo.content


@pytest.mark.parametrize("mode", ["L", "RGBA", "I;16", "1"])
def test_every_kind_of_pixels_becomes_a_plain_jpeg(mode):
    content = photo_program.clean(picture("PNG", (300, 100), mode))

    kept = Image.open(BytesIO(content))
    assert (kept.mode, kept.size) == ("RGB", (300, 100))


def test_noise_is_made_to_fit():
    noise = Image.effect_noise((3000, 2000), 120).convert("RGB")
    noise.save(out := BytesIO(), "JPEG", quality=95)

    content = photo_program.clean(out.getvalue())

    assert len(content) <= PHOTO_BYTES_MAX
    assert Image.open(BytesIO(content)).format == "JPEG"


def test_refusal_names_its_reason():
    with pytest.raises(Refused, match="small"):
        photo_program.clean(photo_file((30, 30)))
