"""The rows of change, a module for each subject."""

from improvements.models.actions import Action
from improvements.models.reviews import Review, ReviewRhythm
from improvements.models.stories import Story

__all__ = ["Action", "Review", "ReviewRhythm", "Story"]
