"""The rows of a journey, a module for each subject."""

from journeys.models.history import Event, Version
from journeys.models.sequence import Journey, Moment, Stage

__all__ = ["Event", "Journey", "Moment", "Stage", "Version"]
