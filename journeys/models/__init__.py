"""The rows of a journey, a module for each subject."""

from journeys.models.presence import Presence
from journeys.models.sequence import Journey, Moment, Removal, Stage

__all__ = ["Journey", "Moment", "Presence", "Removal", "Stage"]
