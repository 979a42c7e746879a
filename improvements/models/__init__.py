"""The rows of change, a module for each subject."""

from improvements.models.actions import Action
from improvements.models.communications import Communication, CommunicationKind, Per
from improvements.models.reviews import Review, ReviewRhythm
from improvements.models.stories import Story

__all__ = ["Action", "Communication", "CommunicationKind", "Per", "Review", "ReviewRhythm", "Story"]
