"""The words that respondents read, in every language that they are asked in: `python -m checks.catalogues`.

Reads the sources below for messages, puts new ones into locale/*/LC_MESSAGES/django.po without a translation, takes
out those that are gone, and compiles what is translated. The compiled files are committed: no machine needs gettext.
"""

from __future__ import annotations

import ast
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import django
import polib

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("ar", "de", "es", "fr", "sv")
SOURCES = (
    "journeys/choices.py",
    "assessments/answer_forms.py",
    "assessments/answer_pages.py",
    "assessments/asking.py",
    "assessments/blind_spot_sentence.py",
    "assessments/mailing.py",
    "assessments/result_headline.py",
    "assessments/result_words.py",
    "assessments/saving.py",
    "assessments/sentences.py",
    "assessments/templatetags/answering.py",
    "assessments/views/answer*.py",
    "assessments/views/kiosk.py",
    "assessments/views/opening.py",
    "assessments/views/ways.py",
    "improvements/choices.py",
    "improvements/stories/photos.py",
    "improvements/stories/fields.py",
    "improvements/stories/forms.py",
    "improvements/stories/kinds.py",
    "improvements/stories/places.py",
    "improvements/stories/prompts.py",
    "improvements/actions/answer_forms.py",
    "improvements/actions/answering.py",
    "improvements/communications/asking.py",
    "improvements/fields.py",
    "improvements/actions/mail_words.py",
    "improvements/views/answer_opening.py",
    "improvements/reviews/agenda.py",
    "improvements/actions/owner_mails.py",
    "improvements/reviews/mails.py",
    "improvements/reviews/questions.py",
    "improvements/views/answering.py",
    "improvements/walls/words.py",
    "journeys/figures.py",
    "journeys/risk.py",
    "reports/story_papers/certificate.py",
    "reports/charts/ladder.py",
    "reports/glossary.py",
    "reports/leader/page.py",
    "reports/leader/summary.py",
    "reports/paper/form.py",
    "reports/paper/words.py",
    "reports/portfolio/method.py",
    "reports/portfolio/page.py",
    "reports/schedule_mails.py",
    "reports/story_papers/wall_content.py",
    "reports/story_papers/wall_drawing.py",
    "journeys/outcome_words.py",
    "reports/posters/card.py",
    "reports/posters/content.py",
    "reports/posters/curve.py",
    "reports/posters/facts.py",
    "reports/posters/footer.py",
    "reports/posters/layout.py",
    "reports/posters/legend.py",
    "reports/posters/results.py",
    "reports/posters/row.py",
    "reports/posters/said.py",
    "reports/posters/scenario.py",
    "reports/posters/sheets.py",
    "reports/posters/voices.py",
    "reports/posters/whose.py",
    "reports/posters/words.py",
    "templates/_copy.html",
    "templates/gone_base.html",
    "templates/assessments/answer_*.html",
    "templates/assessments/_answer_*.html",
    "templates/assessments/email/*.txt",
    "templates/improvements/tell_*.html",
    "templates/improvements/_draft_note.html",
    "templates/improvements/_kinds.html",
    "templates/improvements/_lost.html",
    "templates/improvements/_moment_field.html",
    "templates/improvements/_prompts.html",
    "templates/improvements/_story_field.html",
    "templates/improvements/_story_fields.html",
    "templates/improvements/_do_action.html",
    "templates/improvements/_said_rows.html",
    "templates/improvements/do_*.html",
    "templates/improvements/email/*overdue*.txt",
    "templates/improvements/email/review.txt",
    "templates/improvements/_rate_one.html",
    "templates/improvements/rate_*.html",
    "templates/improvements/said_gone.html",
    "templates/improvements/said_public.html",
    "templates/improvements/_wall_*.html",
    "templates/improvements/wall.html",
    "templates/reports/email/schedule.txt",
    "templates/reports/leader/*.html",
    "templates/reports/paper/*.html",
    "templates/reports/portfolio/*.html",
)
PLURALS = {
    "ar": "nplurals=6; plural="
    "n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 && n%100<=99 ? 4 : 5;",
    "de": "nplurals=2; plural=(n != 1);",
    "es": "nplurals=2; plural=(n != 1);",
    "fr": "nplurals=2; plural=(n > 1);",
    "sv": "nplurals=2; plural=(n != 1);",
}
FORMS = {"ar": 6, "de": 2, "es": 2, "fr": 2, "sv": 2}
ONE, MANY = {"_", "_t", "gettext", "gettext_lazy"}, {"ngettext", "ngettext_lazy"}
IN_CONTEXT, MANY_IN_CONTEXT = {"pgettext", "pgettext_lazy"}, {"npgettext", "npgettext_lazy"}
IN_EXPRESSION = re.compile(r"""\b_\(("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')\)""")


class Message(NamedTuple):
    """One thing to say. plural: empty where there is none."""

    context: str
    text: str
    plural: str = ""


def messages() -> set[Message]:
    """Everything that the sources say."""
    return {message for path in source_files() for message in _messages_of(path)}


def source_files() -> list[Path]:
    return sorted({path for pattern in SOURCES for path in ROOT.glob(pattern)})


def _messages_of(path: Path) -> Iterator[Message]:
    text = path.read_text(encoding="utf-8")
    return _in_python(text) if path.suffix == ".py" else _in_template(text)


def _in_python(text: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            words = [argument.value for argument in node.args if isinstance(argument, ast.Constant)]
            said = [word for word in words if isinstance(word, str)]
            if name in ONE and said:
                yield Message("", said[0])
            elif name in MANY and len(said) > 1:
                yield Message("", said[0], said[1])
            elif name in IN_CONTEXT and len(said) > 1:
                yield Message(said[0], said[1])
            elif name in MANY_IN_CONTEXT and len(said) > 2:
                yield Message(said[0], said[1], said[2])


def _in_template(text: str) -> Iterator[Message]:
    from django.template import Template
    from django.templatetags.i18n import BlockTranslateNode, TranslateNode

    nodes: Any = Template(text).nodelist
    for node in nodes.get_nodes_by_type(TranslateNode):
        context = node.message_context.var if node.message_context else ""
        literal = str(node.filter_expression.var.literal).replace("%", "%%")  # as Django looks it up
        yield Message(str(context), literal)
    for node in nodes.get_nodes_by_type(BlockTranslateNode):
        context = node.message_context.var if node.message_context else ""
        plural = node.render_token_list(node.plural)[0] if node.plural else ""
        yield Message(str(context), node.render_token_list(node.singular)[0], plural)
    for found in IN_EXPRESSION.findall(text):
        yield Message("", ast.literal_eval(found))


def path_of(language: str) -> Path:
    return ROOT / "locale" / language / "LC_MESSAGES" / "django.po"


def bring_up_to_date(language: str) -> int:
    """Update one language's catalogue and compile it; says how many messages have no translation."""
    path, wanted = path_of(language), messages()
    known = {_key(entry): entry for entry in polib.pofile(str(path))} if path.exists() else {}
    catalogue = polib.POFile(wrapwidth=110)
    catalogue.metadata = {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[language],
    }
    for message in sorted(wanted):
        catalogue.append(known.get(message) or _entry(message, language))
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(path))
    path.with_suffix(".mo").write_bytes(catalogue.to_binary())
    return len(catalogue.untranslated_entries())


def _key(entry: polib.POEntry) -> Message:
    return Message(entry.msgctxt or "", entry.msgid, entry.msgid_plural or "")


def _entry(message: Message, language: str) -> polib.POEntry:
    forms = dict.fromkeys(range(FORMS[language]), "") if message.plural else {}
    return polib.POEntry(
        msgctxt=message.context or None, msgid=message.text, msgid_plural=message.plural, msgstr_plural=forms
    )


def main() -> int:
    """Exit code 1 where something has no translation yet."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    missing = {language: bring_up_to_date(language) for language in LANGUAGES}
    for language, count in missing.items():
        print(f"{language}: {count} without a translation" if count else f"{language}: complete")
    return 1 if any(missing.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
