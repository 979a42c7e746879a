"""The rows of a round, a module for each subject."""

from assessments.models.links import OpenLink, Recipient
from assessments.models.responses import Batch, Draft, Idea, Rating, Response, ResultSheet, WrongTry
from assessments.models.rounds import MomentTranslation, Round, RoundEvent, RoundGroup, RoundMoment

__all__ = [
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
