"""Words that the pages of a respondent and their script share."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

from assessments.asking import AskedMoment, Asking
from assessments.wording import LevelWords

register = template.Library()


@register.simple_tag
def step_words(asking: Asking, moment: AskedMoment) -> str:
    """4 of 10."""
    steps = [step.number for step in asking.steps]
    step = steps.index(moment.number) + 1 if moment.number in steps else len(steps) + 1
    return _("%(step)s of %(steps)s") % {"step": step, "steps": max(step, len(steps))}


@register.simple_tag
def count_words(asking: Asking) -> str:
    """How many have a level: 3 of 10."""
    return _("%(step)s of %(steps)s") % {"step": asking.answered_count, "steps": len(asking.steps)}


@register.simple_tag
def level_words_of(word: LevelWords) -> str:
    """4 Desired."""
    return f"{word.level} {word.name}"


@register.simple_tag
def not_seen_words(asking: Asking) -> str:
    """What who was not there says."""
    return _("I do not see this moment") if asking.is_for_staff else _("I was not part of this")


@register.simple_tag
def said_words(asking: Asking, moment: AskedMoment, words: list[LevelWords]) -> str:
    """What was said of a moment, on the page where answers are checked."""
    if moment.is_not_seen:
        return not_seen_words(asking)
    return next((level_words_of(word) for word in words if word.level == moment.answer.level), _("empty"))
