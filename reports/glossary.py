"""The terms of the method, each in a sentence or two for somebody who meets it for the first time. Source: METHOD."""

from __future__ import annotations

from django.utils.translation import gettext as _


def glossary() -> list[tuple[str, str]]:
    """Term and meaning, in the order in which they build on one another, in the language in use."""
    return [
        (_("Journey"), _("One service sequence that a customer goes through: a phone call, a branch visit, a flight.")),
        (_("Moment"), _("One contact in which the customer forms an opinion. Moments are ordered inside stages.")),
        (_("Moment of truth"), _("A moment that we marked as make-or-break.")),
        (_("Level"), _("How one moment was experienced, on six ordered steps from 1, a broken promise, to 6, never "
                       "forgotten. 1 and 2 damage value, 3 leaves the customer indifferent, 4 to 6 create value.")),
        (_("Mean level"), _("The average of all answers about a moment, always shown with the number of answers.")),
        (_("Round"), _("One self-assessment of one journey, by staff, customers or both.")),
        (_("Contacts a year"), _("Customers a year, times the contacts that each of them has with a moment.")),
        (_("Loyalty balance"), _("The share of contacts that create value less the share that damage it, in percent: "
                                 "from −100 to +100.")),
        (_("Indifference"), _("The share of contacts that leave the customer indifferent, in percent.")),
        (_("Damage a year"), _("Contacts a year at a moment, times the share of answers on levels 1 and 2. It is the "
                               "order in which to enhance.")),
        (_("Weakest moment"), _("The moment with the lowest mean level: a journey is judged by its lowest point.")),
        (_("Blind spot"), _("Staff's mean less customers', where it is at least half a level and its 95 % range leaves "
                            "zero out: there we think better of ourselves than customers do.")),
        (_("Customers at risk"), _("Customers who meet at least one poor moment in a year, times the share of them who "
                                   "leave after it.")),
        (_("Agreement"), _("How far people see the same: Krippendorff's alpha, 1 for full agreement, 0 for none beyond "
                           "chance.")),
        (_("Candidate for elimination"), _("A moment below level 3 that at least a third of staff would drop.")),
        (_("Minimum group"), _("What fewer people than this said is shown to nobody, nor what could be worked out from "
                               "two numbers that are shown.")),
    ]  # fmt: skip
