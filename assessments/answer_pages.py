"""What every page of a respondent knows: the round, and all moments as data, for a script that shows the next one."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from assessments.answer_forms import NO_NUMBER, typed
from assessments.asking import AskedMoment, Asking


def page_of(asking: Asking, *, is_phone: bool = False) -> dict[str, Any]:
    """Template context; no query. device: names the store of answers on the device, and tells nothing."""
    way = asking.way
    return {
        "asking": asking,
        "round": way.round,
        "way": way.name,
        "device": way.device_hmac[:16],
        "plan": {
            "title": way.round.journey_title or way.round.title,
            "moments": [_moment(moment) for moment in asking.moments],
            "words": script_words(asking, is_phone=is_phone),
        },
        "icons": sorted({moment.icon for moment in asking.moments}),
    }


def _moment(moment: AskedMoment) -> dict[str, Any]:
    return {
        "number": moment.number,
        "position": moment.position,
        "title": moment.title,
        "stage": moment.stage,
        "experience": moment.experience,
        "language": moment.language,
        "icon": moment.icon,
        "turn": moment.turn,
        "asked": moment.is_asked,
        **typed(moment.answer),
    }


def script_words(asking: Asking, *, is_phone: bool) -> dict[str, str]:
    """What a script says, in the respondent's language. It fills in %s and %t."""
    no_name = " " + _("No name is kept.") if asking.way.round.is_anonymous else ""
    return {
        "both": _saved(is_phone=is_phone) + no_name,
        "server": _("Saved on the server.") + no_name,
        "saving": _("Saving …"),
        "kept": _kept(is_phone=is_phone),
        "unkept": _("No connection, and this browser keeps nothing: leave this page open until it is saved."),
        "ended": _("The server takes no more answers here. Open your link once more: it says why."),
        "no_number": str(NO_NUMBER),
        "next": _("Next moment"),
        "last": _("Check and hand in"),
        "step": _("%(step)s of %(steps)s") % {"step": "%s", "steps": "%t"},
        "empty": _("empty"),
        "nothing": _("Nothing is answered yet. Choose a level for one moment at least, then hand in."),
        "mend": _("a number can't be read"),
    }


def _saved(*, is_phone: bool) -> str:
    if is_phone:
        return _("Saved on this phone and on the server.")
    return _("Saved on this device and on the server.")


def _kept(*, is_phone: bool) -> str:
    if is_phone:
        return _("Kept on this phone; it is sent when you are connected.")
    return _("Kept on this device; it is sent when you are connected.")
