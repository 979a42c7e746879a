"""One question for each review: what customers have come to expect since, here or anywhere else.

Customers compare with the best that they met anywhere, so the questions look outside as well. They rotate: a journey
that is reviewed every month meets each of them once in two years.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

QUESTIONS = (
    _("What do customers take for granted today that surprised them two years ago?"),
    _("Which company in another line of business spoiled our customers lately, and with what?"),
    _("What did a customer ask us for this month that nobody asked for a year ago?"),
    _("Where do customers wait as long as ever, while the rest of their life became faster?"),
    _("What do customers look up themselves before they come to us, and what does that change in the first moment?"),
    _("Which of our answers do customers no longer believe until they have seen it in writing?"),
    _("What do customers who came to us from somewhere else miss in the first week?"),
    _("Which customers do we meet today whom this map did not have in mind?"),
    _("What do children, parents or friends of our customers do in this journey that the customer did alone before?"),
    _("Which of our rules do we have to explain more often than a year ago?"),
    _("What do customers want to do themselves now, and where do they want a person more than before?"),
    _("Which moment do customers photograph, share or tell others about, for good or for bad?"),
    _("What do customers expect us to know about them, and what do they now mind that we know?"),
    _("What would a customer who meets us for the first time today find old-fashioned?"),
    _("Where did we get better while customers' expectations rose faster?"),
    _("Which apology do we give so often that it has become part of the journey?"),
    _("What has become more expensive for our customers lately: money, time, or peace of mind?"),
    _("What did the last customer who left us expect that we still call unreasonable?"),
    _("Which of our letters and messages would customers miss if it never came again?"),
    _("What do customers do in the hour before they meet us, and what in the hour after?"),
    _("What do our own people expect as customers elsewhere that we do not give here?"),
    _("Which moment is harder than a year ago for a customer with poor sight, a broken arm or little of our language?"),
    _("What happened in the world since the last review that changed what customers worry about?"),
    _("If a newcomer built this journey for our customers tomorrow, which moment would be gone?"),
)  # fmt: skip


def question_at(number: int) -> str:
    """The question of a review; numbers go round."""
    return str(QUESTIONS[number % len(QUESTIONS)])
