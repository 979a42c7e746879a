"""Whatever is uploaded as a logo, out come safe pixels or a reason."""

from __future__ import annotations

import socket
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from jobs.picture_cleaning import PictureRefused
from reports import logo_program, pdf
from reports.font_files import in_a_fork
from reports.logos import WORDS, clean_logo
from tests.reports.hostile_logos import HARMLESS, REFUSED, SQUARE, picture, svg

RED = (204, 0, 0)


def cleaned(content: bytes) -> bytes | str:
    """What the program's own function gives inside all its limits, or its reason; in a fork, which imports nothing."""

    def work() -> bytes | str:
        logo_program._limit()
        try:
            return logo_program.clean(content)
        except logo_program.Refused as refusal:
            return str(refusal)

    assert pdf.write_picture  # imported here, for all forks
    return in_a_fork(work)


def read(content: bytes | str) -> Image.Image:
    assert isinstance(content, bytes), content
    return Image.open(BytesIO(content))


@pytest.mark.parametrize(
    ("content", "reason"),
    [pytest.param(*case, id=name) for name, case in REFUSED.items() if name != "exponential uses"],
)
def test_hostile_picture_is_refused_with_its_reason(content, reason):
    assert cleaned(content) == reason
    assert reason in WORDS


@pytest.mark.parametrize("content", [pytest.param(content, id=name) for name, content in HARMLESS.items()])
def test_picture_becomes_plain_pixels(content):
    logo = cleaned(content)

    picture_ = read(logo)
    assert picture_.format == "PNG"
    assert len(logo) <= logo_program.LOGO_BYTES_MAX
    assert picture_.convert("L").getpixel((picture_.width // 2, picture_.height // 2)) < 120
    assert set(chunks_of(logo)) <= {b"IHDR", b"PLTE", b"IDAT", b"IEND"}


def chunks_of(png: bytes) -> list[bytes]:
    found, at = [], 8
    while at < len(png):
        found.append(png[at + 4 : at + 8])
        at += 12 + int.from_bytes(png[at : at + 4], "big")
    return found


def test_picture_that_works_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(logo_program, "CPU_SECONDS", 1)

    with pytest.raises(ChildProcessError):
        cleaned(REFUSED["exponential uses"][0])


@pytest.mark.parametrize(
    "inside",
    [
        '<image xlink:href="http://127.0.0.1:{}/a.png" width="9" height="9"/>',
        '<style>@import url("http://127.0.0.1:{}/a.css");</style>',
    ],
)
def test_picture_calls_nobody(inside):
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)

        cleaned(svg(SQUARE + inside.format(server.getsockname()[1])))

        with pytest.raises(BlockingIOError):
            server.accept()


def test_program_opens_no_file_and_starts_nothing(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("secret")

    def tried() -> list[str]:
        logo_program._refuse_files()
        failed = []
        for attempt in (secret.read_text, Path("/etc/passwd").read_bytes, (tmp_path / "new").touch):
            try:
                attempt()
            except PermissionError as error:
                failed.append(str(error))
        return failed

    assert in_a_fork(tried) == ["a logo opens no files"] * 3


def test_program_gives_a_logo_of_its_own_process():
    logo = clean_logo(svg())

    assert (logo.width, logo.height) == (400, 400)
    assert read(logo.content).convert("RGB").getpixel((200, 200)) == RED


@pytest.mark.parametrize("name", ["laughs", "1.4 GB of pixels", "truncated png"])
def test_program_says_why_not(name):
    content, reason = REFUSED[name]

    with pytest.raises(PictureRefused) as refused:
        clean_logo(content)

    assert str(refused.value) == str(WORDS[reason])


def test_program_that_is_ended_by_its_limits_says_what_to_do(monkeypatch):
    monkeypatch.setattr("jobs.picture_cleaning.PATIENCE_SECONDS", 0.01)

    with pytest.raises(PictureRefused) as refused:
        clean_logo(svg())

    assert str(refused.value) == str(WORDS["complex"])


def test_metadata_and_paper_around_go_and_the_size_is_bounded():
    noisy = Image.effect_noise((2400, 1200), 90).convert("RGB")
    noisy.save(out := BytesIO(), "JPEG", quality=60, comment=b"taken at home", exif=b"Exif\0\0home")
    framed = Image.new("RGB", (500, 500), "white")
    framed.paste(RED, (100, 200, 400, 300))
    framed.save(frame := BytesIO(), "PNG")

    large, small = cleaned(out.getvalue()), cleaned(frame.getvalue())

    assert b"home" not in large
    assert len(large) <= logo_program.LOGO_BYTES_MAX
    assert read(small).size == (300, 100)


def test_transparent_becomes_white():
    clear = Image.new("RGBA", (200, 100), (0, 0, 0, 0))
    clear.paste((*RED, 255), (0, 0, 50, 100))
    clear.paste((*RED, 255), (150, 0, 200, 100))
    clear.save(out := BytesIO(), "PNG")

    logo = read(cleaned(out.getvalue())).convert("RGB")

    assert (logo.size, logo.getpixel((100, 50)), logo.getpixel((10, 50))) == ((200, 100), (255, 255, 255), RED)


def test_photograph_that_lies_on_its_side_is_set_upright():
    turned = picture("JPEG", size=(100, 300), exif=exif_turned())

    assert read(cleaned(turned)).size == (300, 100)


def exif_turned() -> bytes:
    exif = Image.Exif()
    exif[0x0112] = 6
    return exif.tobytes()
