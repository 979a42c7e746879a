"""Respondents read every word in their language: catalogues are complete, fit their messages, and are compiled."""

from __future__ import annotations

import re

import polib
import pytest
from django.utils.translation import override

from assessments.choices import ANSWER_LANGUAGES, RIGHT_TO_LEFT
from assessments.wording import usual_level_words
from checks.catalogues import FORMS, LANGUAGES, Message, messages, path_of, source_files

HOLES = re.compile(r"%\(\w+\)[sd]|%[sd]")
PLACES = pytest.mark.parametrize("language", LANGUAGES)


def entries(language: str) -> dict[Message, polib.POEntry]:
    catalogue = polib.pofile(str(path_of(language)))
    return {Message(entry.msgctxt or "", entry.msgid, entry.msgid_plural or ""): entry for entry in catalogue}


def said(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def test_there_is_a_catalogue_for_each_language_but_english():
    assert {"en", *LANGUAGES} == set(ANSWER_LANGUAGES)


def test_sources_are_found():
    names = {path.name for path in source_files()}

    assert {"choices.py"} <= names
    assert Message("", "Unbelievable") in messages()


@PLACES
def test_every_message_is_translated_and_no_other(language):
    found = entries(language)

    assert set(found) == messages()
    assert [entry.msgid for entry in found.values() if not all(said(entry)) or entry.fuzzy] == []


@PLACES
def test_translations_have_the_holes_of_their_messages(language):
    wrong = [
        entry.msgid
        for entry in entries(language).values()
        for words in said(entry)
        if not set(HOLES.findall(words)) <= set(HOLES.findall(entry.msgid + entry.msgid_plural))
        or (not entry.msgid_plural and sorted(HOLES.findall(words)) != sorted(HOLES.findall(entry.msgid)))
    ]

    assert wrong == []


@PLACES
def test_plurals_have_a_word_for_each_form(language):
    forms = {len(entry.msgstr_plural) for entry in entries(language).values() if entry.msgid_plural}

    assert forms <= {FORMS[language]}


@PLACES
def test_compiled_catalogue_says_the_same(language):
    source, compiled = path_of(language), path_of(language).with_suffix(".mo")

    assert compiled.read_bytes() == polib.pofile(str(source)).to_binary()


@PLACES
def test_level_words_differ_from_english_and_from_one_another(language):
    english, words = usual_level_words("en"), usual_level_words(language)

    assert len({row.name for row in words}) == 6
    assert all(row.meaning != usual.meaning for row, usual in zip(words, english, strict=True))


def test_language_is_active_inside_and_english_again_outside():
    with override("sv"):
        inside = str(usual_level_words("sv")[0].name)

    assert (inside, usual_level_words("en")[0].name) == ("Otroligt", "Unbelievable")


def test_arabic_alone_is_written_from_right_to_left():
    assert {"ar"} == RIGHT_TO_LEFT
