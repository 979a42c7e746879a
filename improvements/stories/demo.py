"""The demo organisation's stories, so that a new user meets a living page: told, looked at, thanked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from accounts.models import Organisation, User
from improvements.choices import Stayed, StoryKind, StoryState
from improvements.models import Story
from improvements.stories.links import make_link
from improvements.stories.reviewing import feature_story, thank_for
from improvements.stories.telling import Told, tell_story
from journeys.models import Moment

FLIGHT, TABLE = "A trip with us", "A birthday table for twelve"


@dataclass(frozen=True, slots=True)
class Example:
    """One story. moment: its title on a demo map; weeks_ago: when it was told; thanks: of how many of the people."""

    told: Told
    moment: str
    weeks_ago: int
    thanks: int = 0
    is_featured: bool = False
    waits: bool = False


EXAMPLES = (
    Example(
        Told(
            StoryKind.IMPACT,
            "A passenger called from the bus: his house keys lay in seat pocket 14C, his wife and two children stood "
            "in front of the locked door, and our aircraft was about to leave again. The crew had the keys handed "
            "through the gate, and Jonas took them to her on his way home. Fifty minutes later the door was open.",
            who="Jonas Dahl",
            team="cabin crew",
            customer_said="I will tell this for as long as I live.",
            cost="A detour of twenty minutes",
            what_changed="Lost keys now go to the gate first, not to the lost property office.",
        ),
        "Asks for help",
        weeks_ago=9,
        thanks=2,
        is_featured=True,
    ),
    Example(
        Told(
            StoryKind.IMPACT,
            "Grandfather, three buses late, running: his first grandchild was being born at the other end. The captain "
            "heard of it and waited twelve minutes at the gate, told the cabin why, and made the time good in the air. "
            "When he came aboard, the whole aircraft clapped.",
            team="gate agents and captain",
            customer_said="Nobody ever waited for me before.",
            cost="Twelve minutes, of which nine were made good",
        ),
        "Waits at the gate",
        weeks_ago=5,
        thanks=2,
    ),
    Example(
        Told(
            StoryKind.IMPACT,
            "She called to move a flight and cried. Instead of asking for the booking code, Amal asked what had "
            "happened: a funeral. He found the seats first, stayed on the line until she had written everything "
            "down, and sent a card that reached her before she flew.",
            who="Amal Haddad",
            team="booking agents",
            what_changed="“What is the trip for?” is now the first question of the script.",
        ),
        "Books by phone",
        weeks_ago=3,
        thanks=2,
    ),
    Example(
        Told(
            StoryKind.RECOVERY,
            "A wheelchair was left behind at the departure airport, and its owner learned it at the belt.",
            team="ground handling",
            what_we_did="Within the hour he had one on loan that fitted, and a person who went with him to the hotel. "
            "His own came with the first flight of the morning; the station manager brought it to breakfast.",
            stayed=Stayed.YES,
            customer_said="I was angry for an hour, and then I was not.",
            what_changed="Wheelchairs are now counted aloud before the hold is closed.",
        ),
        "Collects the bag",
        weeks_ago=2,
        thanks=1,
    ),
    Example(
        Told(
            StoryKind.IMPACT,
            "A guest wrote in the booking that her father no longer speaks since his stroke, but knows every song of "
            "his youth. The kitchen stopped, everybody came out, and we sang all three verses. He sang along.",
            team="the whole evening shift",
            cost="Nothing",
            customer_said="That was his voice.",
        ),
        "Sees the cake come in",
        weeks_ago=1,
        thanks=2,
        is_featured=True,
    ),
    Example(
        Told(
            StoryKind.IMPACT,
            "A boy was afraid of the engines. The captain let him read the landing announcement, in two languages.",
            team="captain and crew",
        ),
        "Hears the captain",
        weeks_ago=1,
        waits=True,
    ),
    Example(
        Told(
            StoryKind.RECOVERY,
            "We charged a family twice for four bags, and they saw it on the way to the airport.",
            team="web team",
            what_we_did="Paid back while they were still on the phone, and breakfast in the lounge.",
            stayed=Stayed.UNKNOWN,
        ),
        "",
        weeks_ago=0,
        waits=True,
    ),
)


@transaction.atomic
def load_stories(organisation: Organisation) -> int:
    """The stories, and the link to tell more; says how many were made: none where there are some."""
    if Story.objects.in_organisation(organisation).exists():
        return 0
    people = list(User.objects.filter(memberships__organisation=organisation).order_by("pk"))
    moments = Moment.objects.in_organisation(organisation).select_related("stage__journey")
    places = {moment.title: moment for moment in moments}
    for example in EXAMPLES:
        _load(organisation, example, people, places.get(example.moment))
    make_link(organisation, None)
    return len(EXAMPLES)


def _load(organisation: Organisation, example: Example, people: list[User], moment: Moment | None) -> None:
    teller = None if example.waits or not people else people[-1]
    story = tell_story(organisation, example.told, teller, "en")
    at = timezone.now() - timedelta(weeks=example.weeks_ago)
    story.journey, story.moment = (moment.stage.journey, moment) if moment else (None, None)
    story.moment_title, story.told_at = moment.title if moment else "", at
    story.published_at = at if story.state == StoryState.PUBLISHED else None
    story.happened_on = (at - timedelta(days=3)).date()
    story.save()
    for person in people[::-1][: example.thanks]:
        thank_for(story, person)
    if example.is_featured:
        feature_story(story)
