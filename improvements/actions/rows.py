"""Actions found: those of a filter, overdue ones, done ones; parted into the board's columns or by owner.

Call inside the organisation's scope.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Count, F, QuerySet

from accounts.models import Membership, Organisation, User
from improvements.actions.figures import MomentFigures, figures_of
from improvements.actions.filter import ActionFilter
from improvements.choices import ActionState
from improvements.models import Action
from improvements.models.actions import UNDER_WAY

OPEN_STATES = (ActionState.PROPOSED, ActionState.PLANNED, ActionState.DOING)
OPEN_MAX, ENDED_SHOWN = 300, 12


@dataclass(frozen=True, slots=True)
class ActionCard:
    """One action as board and lists show it. figures: None where they are unknown or not for the reader."""

    action: Action
    figures: MomentFigures | None
    days_overdue: int
    verdict: str = ""

    @property
    def damage(self) -> float:
        """Contacts a year on levels 1 and 2; -1 where unknown, after all others."""
        known = self.figures.damage_per_year if self.figures else None
        return -1 if known is None else known


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """Actions of one state; total: with those that are not shown here."""

    state: ActionState
    cards: Sequence[ActionCard]
    total: int

    @property
    def more(self) -> int:
        return self.total - len(self.cards)


def actions_of(organisation: Organisation, chosen: ActionFilter, day: date) -> QuerySet[Action]:
    """With journey and owner, whatever their state."""
    found: QuerySet[Action] = Action.objects.in_organisation(organisation).select_related("journey", "owner")
    if chosen.journey:
        found = found.filter(journey=chosen.journey)
    if chosen.owner:
        found = found.filter(owner=chosen.owner)
    return found.filter(UNDER_WAY, due_on__lt=day) if chosen.is_overdue else found


def overdue_actions(organisation: Organisation, day: date, journey: int | None = None) -> list[Action]:
    """What should have been done before `day`, the oldest first, with journey and owner. journey: its id, or all."""
    found = actions_of(organisation, ActionFilter(journey=journey, is_overdue=True), day)
    return list(found.order_by("due_on", "pk"))


def done_actions(organisation: Organisation, since: date, journeys: Sequence[int], most: int) -> list[Action]:
    """What was done on `since` or later about some journeys, the newest first, with journey and owner."""
    found = actions_of(organisation, ActionFilter(), since).filter(journey__in=journeys)
    return list(found.filter(state=ActionState.DONE, done_on__gte=since).order_by("-done_on", "-pk")[:most])


def cards_of(actions: Sequence[Action], day: date, *, with_figures: bool) -> list[ActionCard]:
    """In the order given."""
    figures = figures_of(actions) if with_figures else {}
    return [
        ActionCard(it, figures.get(it.pk), (day - it.due_on).days if it.is_overdue(day) and it.due_on else 0)
        for it in actions
    ]


def by_damage(cards: Iterable[ActionCard]) -> list[ActionCard]:
    """The moment that does the most damage a year first; then what is due first."""
    return sorted(cards, key=lambda card: (-card.damage, card.action.due_on or date.max, card.action.pk))


def board_of(actions: QuerySet[Action], day: date, *, with_figures: bool) -> list[BoardColumn]:
    """A column a state: open ones by the damage of their moment, ended ones the newest first and not all."""
    waiting = list(actions.filter(state__in=OPEN_STATES)[:OPEN_MAX])
    done = list(actions.filter(state=ActionState.DONE).order_by("-done_on", "-pk")[:ENDED_SHOWN])
    dropped = list(actions.filter(state=ActionState.DROPPED).order_by("-pk")[:ENDED_SHOWN])
    totals = dict(actions.order_by().values_list("state").annotate(Count("pk")))
    cards = cards_of([*waiting, *done, *dropped], day, with_figures=with_figures)
    return [_column(state, cards, totals.get(state, 0)) for state in ActionState]


def _column(state: ActionState, cards: Sequence[ActionCard], total: int) -> BoardColumn:
    own = [card for card in cards if card.action.state == state]
    return BoardColumn(state, by_damage(own) if state in OPEN_STATES else own, total)


def open_in_order_of_owner(actions: QuerySet[Action]) -> QuerySet[Action]:
    """Open ones by owner, those of nobody last, what is due first."""
    owners = (F("owner__name").asc(nulls_last=True), F("owner__email").asc(nulls_last=True))
    return actions.filter(state__in=OPEN_STATES).order_by(*owners, F("due_on").asc(nulls_last=True), "pk")


def parted_by_owner(cards: Sequence[ActionCard]) -> list[tuple[User | None, list[ActionCard]]]:
    """Cards that are in that order."""
    runs = groupby(cards, key=lambda card: card.action.owner)
    return [(owner, list(run)) for owner, run in runs]


def people_of(organisation: Organisation) -> list[tuple[int, str]]:
    """Whom an action can have as its owner: id and name."""
    members = Membership.objects.filter(organisation=organisation, user__is_active=True).select_related("user")
    return [(member.user_id, str(member.user)) for member in members]


def ended_in_order(actions: QuerySet[Action]) -> QuerySet[Action]:
    """Done and dropped ones, the newest first."""
    ended = actions.filter(state__in=(ActionState.DONE, ActionState.DROPPED))
    return ended.order_by(F("done_on").desc(nulls_last=True), "-pk")
