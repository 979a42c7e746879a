"""The rows of change, a module for each subject."""

from improvements.models.actions import Action
from improvements.models.follow_up import ActionEvent, OwnerMail, OwnerMailRefusal, OwnerMailRun, SaidLink
from improvements.models.stories import Story

__all__ = ["Action", "ActionEvent", "OwnerMail", "OwnerMailRefusal", "OwnerMailRun", "SaidLink", "Story"]
