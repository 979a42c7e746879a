"""The rows of a journey, a module for each subject."""

from journeys.models.comments import Comment, CommentInvitation, Mention
from journeys.models.sequence import Journey, Moment, Removal, Stage
from journeys.models.sharing import PasscodeTry, ShareLink

__all__ = [
    "Comment",
    "CommentInvitation",
    "Journey",
    "Mention",
    "Moment",
    "PasscodeTry",
    "Removal",
    "ShareLink",
    "Stage",
]
