"""The two kinds of a story as they are asked: a moment of impact, and a failure that was made good."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from improvements.choices import Stayed, StoryKind
from improvements.limits import SHORT_MAX, STORY_MAX
from improvements.models import Story
from improvements.stories.fields import Words
from improvements.stories.forms import StoryForm


class ImpactForm(StoryForm):
    """Far beyond the call of duty: who did it may be named, with consent."""

    kind = StoryKind.IMPACT
    FIRST = ("what_happened", "who", "has_consent", "team", "journey", "moment")
    MORE = ("happened_on", "customer_said", "cost", "what_changed", "photo", "photo_words", "removes_photo")

    who = Words(
        label=_("Who did it?"),
        required=False,
        max_length=SHORT_MAX,
        help_text=_("A name only if its owner agrees. Otherwise leave it empty and write the team."),
    )
    has_consent = forms.BooleanField(label=_("They agreed to be named"), required=False)

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("who") and not self.cleaned_data.get("has_consent"):
            text = _("Ask first, then tick this. Or take the name out and write the team: the story is as good.")
            self.add_error("has_consent", text)
        return super().clean()


class RecoveryForm(StoryForm):
    """What went wrong and was made good. It has no field for a name, and says why."""

    kind = StoryKind.RECOVERY
    FIRST = ("what_happened", "what_we_did", "stayed", "team", "journey", "moment")
    MORE = ("happened_on", "customer_said", "cost", "what_changed", "photo", "photo_words", "removes_photo")

    what_happened = Words(
        label=_("What went wrong?"),
        rows=4,
        max_length=STORY_MAX,
        help_text=_("What the customer met, not who did it."),
        error_messages={"required": _("Tell what went wrong for the customer; one sentence is enough.")},
    )
    what_we_did = Words(
        label=_("What did we do within the hour?"),
        rows=4,
        max_length=STORY_MAX,
        error_messages={"required": _("Tell what was done to make it good; “nothing yet” is an answer too.")},
    )
    stayed = forms.ChoiceField(label=_("Did the customer stay?"), required=False, choices=[("", "—"), *Stayed.choices])
    team = Words(
        label=_("Which team made it good?"),
        required=False,
        max_length=SHORT_MAX,
        help_text=_("As you say it: “our gate team”."),
    )


FORMS: dict[str, type[StoryForm]] = {StoryKind.IMPACT: ImpactForm, StoryKind.RECOVERY: RecoveryForm}


def typed_of(story: Story) -> dict[str, Any]:
    """A story as its form shows it."""
    fields = ("what_happened", "who", "has_consent", "team", "happened_on", "customer_said", "cost", "what_changed")
    photo = getattr(story, "photo", None)
    return {
        **{name: getattr(story, name) for name in (*fields, "what_we_did", "stayed")},
        "journey": str(story.journey_id or ""),
        "moment": str(story.moment_id or ""),
        "photo_words": photo.words if photo else "",
    }
