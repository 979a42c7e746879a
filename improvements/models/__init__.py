"""The rows of change, a module for each subject."""

from improvements.models.actions import Action
from improvements.models.communication_surveys import (
    Asked,
    CommunicationHandIn,
    CommunicationSurvey,
    CommunicationTally,
)
from improvements.models.communications import Communication, CommunicationKind, Per
from improvements.models.displays import Display
from improvements.models.follow_up import ActionEvent, OwnerMail, OwnerMailRefusal, OwnerMailRun, SaidLink
from improvements.models.reviews import Review, ReviewRhythm
from improvements.models.stories import Story, StoryPhoto
from improvements.models.telling import StoryLink, StoryPick, StoryThanks

__all__ = [
    "Action",
    "ActionEvent",
    "Asked",
    "Communication",
    "CommunicationHandIn",
    "CommunicationKind",
    "CommunicationSurvey",
    "CommunicationTally",
    "Display",
    "OwnerMail",
    "OwnerMailRefusal",
    "OwnerMailRun",
    "Per",
    "Review",
    "ReviewRhythm",
    "SaidLink",
    "Story",
    "StoryLink",
    "StoryPhoto",
    "StoryPick",
    "StoryThanks",
]
