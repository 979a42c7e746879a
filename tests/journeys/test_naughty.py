"""Strings and files that break others, through the pages: stored, shown, exported and imported as they are."""

from __future__ import annotations

import gzip
import json
from html.parser import HTMLParser
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from journeys.formats import parse_json, read_table, read_text
from journeys.limits import FILE_MAX
from journeys.models import Comment, Journey, Moment, Version
from journeys.plan import JourneyPlan, MomentPlan, StagePlan
from journeys.sequence import create_journey
from journeys.sharing import NewLink, make_share_link
from journeys.snapshot import plan_of
from journeys.versions import name_version
from tests.conftest import FIXTURES

NAUGHTY, HOSTILE = FIXTURES / "naughty-strings" / "blns.json", FIXTURES / "hostile-files"
NAUGHTY_ABSENT = pytest.mark.skipif(not NAUGHTY.exists(), reason="../shared/fixtures/naughty-strings is absent")
HOSTILE_ABSENT = pytest.mark.skipif(not HOSTILE.exists(), reason="../shared/fixtures/hostile-files is absent")
MAPFUL = 250
STRANGE = ("iframe", "img", "object", "embed", "marquee", "style", "base", "video", "audio", "plaintext")


def naughty() -> list[str]:
    """Strings that a form keeps as they are: it takes blanks off both ends and has a character for line ends."""
    strings = (text.strip()[:200].strip() for text in json.loads(NAUGHTY.read_text()))
    return [text for text in strings if text and "\0" not in text and "\r" not in text and "\n" not in text]


class _Fields(HTMLParser):
    """The values that a browser would find in the fields of a page, and the text of its headings."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self.scripts = 0
        self.strange: list[str] = []  # what only words that were not escaped could have brought
        self.said: list[str] = []  # comments
        self.titles: list[str] = []  # of moments
        self._open = ""
        self._words: list[str] | None = None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.scripts += tag == "script" and "src" not in found
        is_strange = (
            (tag == "script" and "src" not in found) or tag in STRANGE or any(n.startswith("on") for n in found)
        )
        self.strange += [self.get_starttag_text() or tag] if is_strange else []
        if (tag, found.get("class")) == ("p", "said"):
            self._words = self.said
        elif tag == "h3":
            self._words = self.titles
        if self._words is not None and tag in ("p", "h3"):
            self._words.append("")
        if tag == "input" and found.get("name"):
            self.values[found["name"]] = found.get("value") or ""
        self._open = found.get("name", "") if tag == "textarea" else ""
        if self._open:
            self.values[self._open] = ""

    def handle_data(self, data):
        if self._open:
            self.values[self._open] += data
        if self._words is not None:
            self._words[-1] += data

    def handle_endtag(self, tag):
        self._open = ""
        if tag in ("p", "h3"):
            self._words = None


def stored(in_scope) -> list[Journey]:
    strings = naughty()
    assert len(strings) > 450
    return [
        create_journey(in_scope, JourneyPlan(part[0], 1, part[1], stages=(StagePlan(part[2], moments(part)),)))
        for part in (strings[start : start + MAPFUL] for start in range(0, len(strings), MAPFUL))
    ]


def moments(strings: list[str]) -> tuple[MomentPlan, ...]:
    return tuple(
        MomentPlan(text, text, what_more=text, serves_in_front=text, stands_behind=text, systems=text, level=3)
        for text in strings
    )


@NAUGHTY_ABSENT
def test_naughty_strings_typed_in_the_panel_are_stored_and_shown_in_it(in_scope, manager_client):
    journey = create_journey(in_scope, JourneyPlan("T", stages=(StagePlan("S", (MomentPlan("M"),)),)))
    moment = Moment.objects.get(stage__journey=journey)
    save, show = (reverse(name, args=["northern-air", moment.pk]) for name in ("moment_edit", "moment_panel"))
    typed = {"contacts_per_customer": "1", "seconds": "60", "channel": "other"}
    names = ("title", "experience", "expectation", "what_more", "serves_in_front", "stands_behind", "systems")

    strings = naughty()
    for start in range(0, len(strings) - len(names), len(names)):
        moment.refresh_from_db()
        words = dict(zip(names, strings[start:], strict=False))
        manager_client.post(save, {**typed, **words, "version": moment.version})
        page = manager_client.get(show, headers={"HX-Request": "true"}).content.decode()

        moment.refresh_from_db()
        assert {name: getattr(moment, name) for name in names} == words
        shown = _Fields(page)
        assert {name: shown.values[name].strip() for name in names} == words
        assert shown.scripts == 0


@NAUGHTY_ABSENT
@pytest.mark.parametrize("name", ["outline", "mermaid", "json", "csv", "xlsx"])
def test_naughty_maps_exported_and_imported_again_are_the_same(name, in_scope, manager_client):
    for journey in stored(in_scope):
        exported = manager_client.get(
            reverse("journey_export", args=["northern-air", journey.pk]), {"as": name}
        ).content

        if name in ("csv", "xlsx"):
            again = read_table(exported).plan
        else:
            again = (parse_json if name == "json" else read_text)(exported.decode())[0]
        assert again == plan_of(journey)


@NAUGHTY_ABSENT
def test_naughty_comments_are_stored_and_shown_as_they_were_typed(in_scope, manager_client):
    journey = create_journey(in_scope, JourneyPlan("T", stages=(StagePlan("S", (MomentPlan("M"),)),)))
    moment = Moment.objects.get(stage__journey=journey)
    add, show = (reverse(name, args=["northern-air", moment.pk]) for name in ("comment_add", "moment_panel"))
    everything = naughty()
    said = ["\n".join(everything[start : start + 9]) for start in range(0, len(everything), 9)]

    for text in said:
        manager_client.post(add, {"text": text})
    page = manager_client.get(show, headers={"HX-Request": "true"}).content.decode()
    listed = manager_client.get(reverse("comment_list", args=["northern-air", journey.pk])).content.decode()

    assert [comment.text for comment in Comment.objects.order_by("pk")] == said
    assert _Fields(page).said == said
    assert sorted(_Fields(listed).said) == sorted(said)
    assert (_Fields(page).scripts, _Fields(listed).scripts) == (0, 0)


def addresses_of(journey: Journey, other: Journey, version: Version, moment: Moment) -> list[str]:
    """Every page that shows the words of a map."""

    def address(name: str, *args: int) -> str:
        return reverse(name, args=["northern-air", *args])

    pages = ("map", "table", "print", "history", "what_if", "copy")
    return [
        *(address(f"journey_{page}", journey.pk) for page in pages),
        f"{journey.get_absolute_url()}?moment={moment.pk}&lanes=yes",
        f"{address('journey_compare', journey.pk)}?with={other.pk}",
        address("version_page", version.pk),
        address("version_compare", version.pk),
        address("moment_panel", moment.pk),
        address("team_list"),
        f"{address('team_page')}?{urlencode({'name': moment.stands_behind})}",
        address("journey_list"),
        address("poster_list", journey.pk),
    ]


@NAUGHTY_ABSENT
def test_pages_of_naughty_maps_hold_no_script_of_theirs(in_scope, manager, manager_client):
    first, second = stored(in_scope)
    moment = Moment.objects.filter(stage__journey=first).select_related("stage")[100]
    version = name_version(first, moment.title)
    addresses = addresses_of(first, second, version, moment)

    answers = [manager_client.get(address, follow=True) for address in addresses]

    found = [(answer.status_code, _Fields(answer.content.decode()).strange) for answer in answers]
    assert found == [(200, [])] * len(addresses)
    pictures = [
        manager_client.get(reverse("journey_export", args=["northern-air", first.pk]), {"as": kind})
        for kind in ("svg", "png")
    ]
    assert [picture.status_code for picture in pictures] == [200, 200]


@NAUGHTY_ABSENT
def test_naughty_words_stand_on_the_map_and_on_the_shared_map(in_scope, manager, manager_client):
    journey = stored(in_scope)[0]
    _link, token = make_share_link(journey, manager, NewLink("All of it"))
    titles = [moment.title for moment in Moment.objects.filter(stage__journey=journey)]

    own = manager_client.get(journey.get_absolute_url()).content.decode()
    shared = Client().get(reverse("share_open", args=[token]), follow=True).content.decode()

    for page in (own, shared):
        assert [_without_breaks(title) for title in _Fields(page).titles] == [_without_breaks(one) for one in titles]
        assert _Fields(page).strange == []


def _without_breaks(text: str) -> str:
    """Soft hyphens are put in for the eye; blanks are how a page is laid out."""
    return "".join(text.replace("\u00ad", "").split())


def hostile_files() -> list[tuple[str, bytes]]:
    """Each as it is, and the first 5 MB of what the packed ones hold."""
    files = []
    for path in sorted(HOSTILE.iterdir()) if HOSTILE.exists() else []:
        files.append((path.name, path.read_bytes()))
        if path.suffix == ".gz":
            with gzip.open(path) as packed:
                files.append((path.stem, packed.read(FILE_MAX)))
    return files


@HOSTILE_ABSENT
def test_hostile_files_are_answered_by_the_upload(organisation, manager_client):
    answers = {
        name: manager_client.post(
            reverse("journey_upload", args=["northern-air"]), {"file": SimpleUploadedFile(name, content)}
        ).status_code
        for name, content in hostile_files()
    }

    assert set(answers.values()) == {200, 422}


@HOSTILE_ABSENT
def test_hostile_texts_are_answered_by_the_paste_box(in_scope, manager_client):
    journey = create_journey(in_scope, JourneyPlan("T"))
    address = reverse("journey_fill", args=["northern-air", journey.pk])
    texts = [content[:1_000_000].decode("latin-1") for _name, content in hostile_files()]

    answers = {manager_client.post(address, {"outline": text}).status_code for text in texts}

    assert answers <= {200, 422}
