"""Photos of stories: bounded, re-encoded without a trace of where and with what they were taken."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from improvements.models import Story, StoryPhoto
from jobs.picture_cleaning import ENDED, CleanPicture, clean_picture

WORDS: dict[str, Promise] = {
    "large": _("This photo is larger than 15 MB. Take it anew in a smaller size, or send the story without it."),
    "pixels": _("This photo has more than 60 million pixels. Save it smaller: 1,600 pixels of width are plenty."),
    "unreadable": _("This file can't be read as a JPEG or PNG photo. Take it anew, or save it as JPEG."),
    "small": _("This photo is too small to show anything. Choose a larger one."),
    ENDED: _("This photo takes too long to open. Save it anew as JPEG, or send the story without it."),
}


def clean_photo(upload: bytes) -> CleanPicture:
    """The pixels of a JPEG or PNG, upright: a JPEG of at most 250 kB. Raises PictureRefused."""
    return clean_picture("improvements.stories.photo_program", upload, WORDS)


def keep_photo(story: Story, photo: CleanPicture, words: str) -> None:
    """Put a photo to a story, in place of one that is there."""
    values = {"content": photo.content, "width": photo.width, "height": photo.height, "words": words}
    StoryPhoto.objects.update_or_create(story=story, defaults=values)


def drop_photo(story: Story) -> None:
    """Take a story's photo away for good."""
    StoryPhoto.objects.filter(story=story).delete()
