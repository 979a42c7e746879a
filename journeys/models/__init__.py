"""The rows of a journey, a module for each subject."""

from journeys.models.scenarios import Scenario
from journeys.models.sequence import Journey, Moment, Removal, Stage

__all__ = ["Journey", "Moment", "Removal", "Scenario", "Stage"]
