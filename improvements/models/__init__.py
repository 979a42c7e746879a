"""The rows of change, a module for each subject."""

from improvements.models.actions import Action
from improvements.models.displays import Display
from improvements.models.stories import Story

__all__ = ["Action", "Display", "Story"]
