"""The rows of a journey, a module for each subject."""

from journeys.models.comments import Comment, CommentInvitation, Mention
from journeys.models.contact_counts import ContactCell, ContactName, ContactPeople
from journeys.models.contact_logs import ContactImport, ContactUpload, LogShape, NameRule
from journeys.models.history import Event, Version
from journeys.models.levels import LevelWording
from journeys.models.presence import Presence
from journeys.models.scenarios import Scenario
from journeys.models.sequence import Journey, Moment, Stage
from journeys.models.sharing import PasscodeTry, ShareLink

__all__ = [
    "Comment",
    "CommentInvitation",
    "ContactCell",
    "ContactImport",
    "ContactName",
    "ContactPeople",
    "ContactUpload",
    "Event",
    "Journey",
    "LevelWording",
    "LogShape",
    "Mention",
    "Moment",
    "NameRule",
    "PasscodeTry",
    "Presence",
    "Scenario",
    "ShareLink",
    "Stage",
    "Version",
]
