"""What waits for somebody who looks after journeys: one line each, the most urgent first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import groupby

from django.db.models import Count, Exists, OuterRef, Q, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Organisation
from assessments.choices import Audience, RoundState, View
from assessments.models import Response, Round, RoundGroup
from improvements.actions.rows import overdue_actions
from improvements.models import Action
from improvements.models.actions import UNDER_WAY
from improvements.reviews.keeping import journeys_past_review, journeys_reviewed_soon
from improvements.stories.telling import waiting_stories_count
from improvements.walls.displays import is_silent, working_displays
from jobs.models import State
from journeys.freshness import days_untouched
from journeys.models import ContactName, Journey, NameRule

CLOSES_SOON = timedelta(days=3)
SETTLED_AFTER = timedelta(days=2)
LOW_PERCENT = 30
NAMED, ROUNDS_NAMED = 3, 5


@dataclass(frozen=True, slots=True)
class Need:
    """One thing to do. what: in words; names: what it is about; address: where it is done."""

    kind: str
    what: str
    address: str
    names: tuple[str, ...] = ()
    more: int = 0


def needs_of(organisation: Organisation) -> list[Need]:
    """All of them; as many queries for one journey as for fifty."""
    makers = (_screens, _rounds, _reviews, _actions, _stories, _contact_names, _maps)
    return [need for make in makers for need in make(organisation)]


def address_of(name: str, organisation: Organisation, *args: int) -> str:
    """An address of the organisation."""
    return reverse(name, args=[organisation.slug, *args])


def need(kind: str, what: str, address: str, names: Sequence[str] = ()) -> Need:
    """A line with the first names."""
    return Need(kind, what, address, tuple(names[:NAMED]), max(0, len(names) - NAMED))


def _stories(organisation: Organisation) -> Iterator[Need]:
    count = waiting_stories_count(organisation)
    if count:
        what = ngettext("%(n)s story waits for review", "%(n)s stories wait for review", count) % {"n": count}
        yield need("stories", what, address_of("story_review", organisation))


def _actions(organisation: Organisation) -> Iterator[Need]:
    board = address_of("action_board", organisation)
    if overdue := overdue_actions(organisation, timezone.localdate()):
        what = ngettext("%(n)s action is overdue", "%(n)s actions are overdue", len(overdue)) % {"n": len(overdue)}
        yield need("overdue", what, f"{board}?overdue=yes", [action.what for action in overdue])
    under_way = Action.objects.in_organisation(organisation).filter(UNDER_WAY).order_by("due_on", "pk")
    helped = under_way.filter(help_asked_on__isnull=False)
    if stuck := list(helped.values_list("pk", "what")):
        what = ngettext("Help is needed with %(n)s action", "Help is needed with %(n)s actions", len(stuck))
        where = address_of("action_page", organisation, stuck[0][0])
        yield need("help", what % {"n": len(stuck)}, where, [title for _pk, title in stuck])
    unowned = list(under_way.filter(owner=None).values_list("what", flat=True))
    if unowned:
        what = ngettext("%(n)s action has no owner", "%(n)s actions have no owner", len(unowned)) % {"n": len(unowned)}
        yield need("unowned", what, board, unowned)


def _reviews(organisation: Organisation) -> Iterator[Need]:
    """Those that should have been held, and those that are held this week."""
    if late := journeys_past_review(organisation):
        what = ngettext("%(n)s review is overdue", "%(n)s reviews are overdue", len(late)) % {"n": len(late)}
        yield _review_need(organisation, what, late)
    for day, journeys in groupby(journeys_reviewed_soon(organisation), key=lambda journey: journey.review_on):
        found = list(journeys)
        what = ngettext("A review is on %(day)s", "%(n)s reviews are on %(day)s", len(found))
        words = {"n": len(found), "day": date_format(day, "DATE_FORMAT") if day else ""}
        yield _review_need(organisation, what % words, found)


def _review_need(organisation: Organisation, what: str, journeys: Sequence[Journey]) -> Need:
    """To the agenda of one, or the list of many."""
    alone = len(journeys) == 1
    where = address_of("review_agenda", organisation, journeys[0].pk) if alone else ""
    return need("reviews", what, where or address_of("review_list", organisation), [row.title for row in journeys])


def _maps(organisation: Organisation) -> Iterator[Need]:
    journeys = Journey.objects.in_organisation(organisation).filter(archived_at=None).order_by("changed_at", "pk")
    old = [journey for journey in journeys if days_untouched(journey)]
    if old:
        what = ngettext(
            "%(n)s map has not been looked at for 90 days", "%(n)s maps have not been looked at for 90 days", len(old)
        )
        where = address_of("journey_map", organisation, old[0].pk)
        yield need("maps", what % {"n": len(old)}, where, [journey.title for journey in old])


def _contact_names(organisation: Organisation) -> Iterator[Need]:
    known = NameRule.objects.filter(journey=OuterRef("contact_import__journey"), name=OuterRef("name"))
    names = ContactName.objects.in_organisation(organisation).filter(
        ~Exists(known), contact_import__state=State.READY, contact_import__journey__archived_at=None
    )
    rows = names.order_by("contact_import__journey", "name").values_list("contact_import__journey", "name").distinct()
    found = list(rows)
    if found:
        what = ngettext(
            "%(n)s name in contact logs stands for no moment yet",
            "%(n)s names in contact logs stand for no moment yet",
            len(found),
        )
        where = address_of("contact_log_names", organisation, found[0][0])
        yield need("names", what % {"n": len(found)}, where, [name or _("(without a name)") for _id, name in found])


def _screens(organisation: Organisation) -> Iterator[Need]:
    silent = [display for display in working_displays(organisation) if is_silent(display)]
    if silent:
        what = ngettext("%(n)s screen is silent", "%(n)s screens are silent", len(silent)) % {"n": len(silent)}
        yield need("screens", what, address_of("display_list", organisation), [it.name for it in silent])


def _rounds(organisation: Organisation) -> Iterator[Need]:
    """Those that close soon or are hardly answered."""
    rounds = list(Round.objects.in_organisation(organisation).filter(state=RoundState.OPEN).order_by("closes_at", "pk"))
    if not rounds:
        return
    answered = _answers_of(rounds)
    groups = RoundGroup.objects.filter(round__in=rounds).order_by()
    people = dict(groups.values("round").annotate(n=Sum("people")).values_list("round", "n"))
    said = [(round_, _say_round(round_, answered.get(round_.pk, 0), people.get(round_.pk))) for round_ in rounds]
    found = [(round_, what) for round_, what in said if what]
    for round_, what in found[:ROUNDS_NAMED]:
        yield need("rounds", what, address_of("round_page", organisation, round_.pk), [round_.title])
    if more := found[ROUNDS_NAMED:]:
        what = ngettext("%(n)s more round like this", "%(n)s more rounds like these", len(more)) % {"n": len(more)}
        yield need("rounds", what, address_of("round_list", organisation), [round_.title for round_, _what in more])


def _answers_of(rounds: Sequence[Round]) -> dict[int, int]:
    """Of the view whose people are counted, as the round's own page does."""
    is_counted = ~Q(round__audience=Audience.BOTH) | Q(view=View.STAFF)
    counted = Response.objects.filter(is_counted, round__in=rounds).order_by().values("round")
    return dict(counted.annotate(n=Count("pk")).values_list("round", "n"))


def _say_round(round_: Round, answered: int, people: int | None) -> str:
    now = timezone.now()
    is_low = bool(people) and 100 * answered / (people or 1) < LOW_PERCENT
    is_settled = round_.opened_at is not None and now - round_.opened_at > SETTLED_AFTER
    if round_.closes_at and round_.closes_at - now < CLOSES_SOON:
        day = date_format(timezone.localtime(round_.closes_at), "DATE_FORMAT")
        if answered < round_.minimum_group:
            return _("A round closes on %(day)s, and too few have answered to show anything") % {"day": day}
        if is_low:
            return _("A round closes on %(day)s: %(n)s of %(people)s have answered") % {
                "day": day, "n": answered, "people": people
            }  # fmt: skip
        return _("A round closes on %(day)s") % {"day": day}
    if is_low and is_settled:
        return _("Few answer a round: %(n)s of %(people)s so far") % {"n": answered, "people": people}
    return ""
