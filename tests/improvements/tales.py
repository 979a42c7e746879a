"""Stories for tests."""

from __future__ import annotations

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any

from django.utils import timezone
from PIL import Image

from accounts.models import Organisation, User
from assessments.tokens import hmac_of, token_of
from improvements.choices import StoryKind, StoryState
from improvements.models import Story
from journeys.models import Moment
from journeys.plan import JourneyPlan, MomentPlan, StagePlan
from journeys.sequence import create_journey


def make_moments(organisation: Organisation, title: str = "A trip with us") -> list[Moment]:
    """Two moments of a new journey: the desk, whose team is the gate staff, and the belt with the ground staff."""
    desk = MomentPlan("At the desk", serves_in_front="Gate staff")
    belt = MomentPlan("At the belt", serves_in_front="Ground staff")
    journey = create_journey(organisation, JourneyPlan(title, stages=(StagePlan("At the airport", (desk, belt)),)))
    found = Moment.objects.filter(stage__journey=journey).select_related("stage__journey").order_by("position")
    return list(found)


def make_story(organisation: Organisation, what: str = "She brought the keys.", **fields: Any) -> Story:
    """A published story, told by nobody in particular; with a moment it is of its journey."""
    moment = fields.get("moment")
    if moment:
        fields = {"journey": moment.stage.journey, "moment_title": moment.title, **fields}
    fields = {"state": StoryState.PUBLISHED, "kind": StoryKind.IMPACT, "published_at": timezone.now(), **fields}
    story = Story(organisation=organisation, what_happened=what, has_consent=bool(fields.get("who")), **fields)
    story.name_hmac = hmac_of(token_of(story.name_nonce))
    story.save()
    return story


def make_stories(organisation: Organisation, count: int, **fields: Any) -> list[Story]:
    """Story 0 is the newest."""
    now = timezone.now()
    return [
        make_story(organisation, f"Story {number}.", published_at=now - timedelta(minutes=number), **fields)
        for number in range(count)
    ]


def photo_file(size: tuple[int, int] = (400, 300), kind: str = "JPEG", **more: Any) -> bytes:
    """A picture as a phone would send it."""
    Image.new("RGB", size, (204, 0, 0)).save(out := BytesIO(), kind, **more)
    return out.getvalue()


def gps_photo(orientation: int = 6) -> bytes:
    """A photo that says where it was taken, lies on its side, and carries a note."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "SecretCamera"
    gps = exif.get_ifd(0x8825)
    gps.update({1: "N", 2: (59.0, 54.0, 50.0), 3: "E", 4: (10.0, 45.0, 8.0)})
    return photo_file((400, 200), exif=exif, comment=b"SecretNote")


def at(text: str) -> datetime:
    return timezone.make_aware(datetime.fromisoformat(text))


def tell(client: Any, url: str, **typed: Any) -> Any:
    """Send the form as a browser does."""
    return client.post(url, {"kind": "impact", "what_happened": "She brought the keys.", **typed})


def people(make_member: Any, organisation: Organisation, count: int) -> list[User]:
    from accounts.access import Role

    return [make_member(organisation, Role.STAFF, f"staff{number}@example.org") for number in range(count)]
