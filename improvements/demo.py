"""The demo organisation's actions, so that board, answer and effect can be looked at without making any.

Made up, and always the same: one that worked, one after which nothing changed that one can see, one that is overdue.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.acting import acting
from accounts.demo import DEMO_PEOPLE
from accounts.models import Organisation, User
from assessments.models import Idea
from improvements.actions.changing import Origin, change_action, make_action
from improvements.choices import ActionState, Effort
from improvements.models import Action
from journeys.choices import Decision
from journeys.models import Journey, Moment

JOURNEY = "A trip with us"
MANAGER, LEADER, STAFF = (person.email for person in DEMO_PEOPLE)


@dataclass(frozen=True)
class DemoAction:
    """One action. idea: how the idea begins that it comes from; due, done: days from today; then: its last state."""

    moment: str
    what: str
    owner: str = ""
    effort: Effort | None = None
    levels: tuple[int, int] | None = None
    idea: str = ""
    due: int | None = None
    done: int | None = None
    then: dict[str, Any] = field(default_factory=dict)
    more: dict[str, Any] = field(default_factory=dict)


ACTIONS = (
    DemoAction("Drops the bag", "Open two belts from five in the morning", LEADER, Effort.MONTH, (3, 4),
               "Two belts open", due=-105, done=-100,
               then={"state": ActionState.DONE, "is_told": True,
                     "did": "Two belts are open from five in the morning, every day."}),
    DemoAction("Waits at the gate", "Speak at the gate every 15 minutes, even with no news", MANAGER, Effort.DAY,
               (3, 4), "Speak every 15", due=-65, done=-60,
               then={"state": ActionState.DONE, "is_told": True,
                     "did": "Gate staff speak every 15 minutes, even with no news."}),
    DemoAction("Waits at the gate", "Let families board while it is still calm", LEADER, Effort.WEEK, (2, 4),
               "Let families board", due=20, then={"state": ActionState.DOING}),
    DemoAction("Books by phone", "Call back instead of a queue", STAFF, Effort.MORE, (3, 5), "Call back", due=-6),
    DemoAction("Collects the bag", "Show how many minutes until the first bag", "", Effort.MONTH, (3, 4),
               "Show how many"),
    DemoAction("Hears the captain", "A card for the crew: what is below us, and when", MANAGER, Effort.DAY, (3, 4),
               "What is below", due=33),
    DemoAction("Receives a survey e-mail", "End the survey e-mail and ask one question at the gate", MANAGER,
               Effort.WEEK, None, "Ask one question", due=12,
               more={"decision": Decision.ELIMINATE,
                     "relied_on_by": "Sales reads its average and agreed to take ours."},
               then={"state": ActionState.DOING}),
    DemoAction("Gets the confirmation", "Send the confirmation by letter too", "", None, None,
               then={"state": ActionState.DROPPED,
                     "dropped_reason": "Nobody asked for it, and it would add a contact that means nothing."}),
)  # fmt: skip


@transaction.atomic
def load_actions(organisation: Organisation) -> list[Action]:
    """The demo journey's actions; none where it has some already or is not there. Call inside the scope."""
    journey = Journey.objects.in_organisation(organisation).filter(title=JOURNEY).first()
    if journey is None or Action.objects.filter(journey=journey).exists():
        return []
    people = {user.email: user for user in User.objects.filter(email__in=(MANAGER, LEADER, STAFF))}
    moments = {moment.title: moment for moment in Moment.objects.filter(stage__journey=journey)}
    ideas = list(Idea.objects.filter(round__journey=journey, batch__isnull=False).order_by("round", "id"))
    with acting(people.get(MANAGER)):
        return [
            _load(organisation, journey, told, moments, people, ideas) for told in ACTIONS if told.moment in moments
        ]


def _load(
    organisation: Organisation,
    journey: Journey,
    told: DemoAction,
    moments: dict[str, Moment],
    people: dict[str, User],
    ideas: list[Idea],
) -> Action:
    moment, today = moments[told.moment], timezone.localdate()
    idea = next((idea for idea in ideas if told.idea and idea.text.startswith(told.idea)), None)
    owner = people.get(told.owner)
    low, high = told.levels or (None, None)
    values = {
        "what": told.what,
        "owner_id": owner.pk if owner else None,
        "due_on": None if told.due is None else today + timedelta(days=told.due),
        "effort": told.effort,
        "level_from": low,
        "level_to": high,
        **told.more,
    }
    origin = Origin(journey, idea=idea, moment_id=moment.pk, moment_title=moment.title)
    action = make_action(organisation, origin, values)
    if told.then:
        done_on = {} if told.done is None else {"done_on": today + timedelta(days=told.done)}
        change_action(action, None, {**told.then, **done_on})
    return action
