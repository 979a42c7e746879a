"""The rows of a round, a module for each subject."""

from assessments.models.links import OpenLink, Recipient
from assessments.models.responses import Batch, Draft, Idea, Rating, Response, ResultSheet, WrongTry
from assessments.models.rounds import MomentTranslation, Round, RoundEvent, RoundGroup, RoundMoment
from assessments.models.uploads import AnswerUpload

__all__ = [
    "AnswerUpload",
    "Batch",
    "Draft",
    "Idea",
    "MomentTranslation",
    "OpenLink",
    "Rating",
    "Recipient",
    "Response",
    "ResultSheet",
    "Round",
    "RoundEvent",
    "RoundGroup",
    "RoundMoment",
    "WrongTry",
]
