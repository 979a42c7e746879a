"""Open links in words, for those who may hand them out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from assessments.addresses import answer_address, kiosk_address, short_address
from assessments.choices import Audience
from assessments.link_forms import CapForm
from assessments.models import OpenLink, Round
from assessments.qr import qr_svg


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A link in words. name: whose it is."""

    link: OpenLink
    name: str
    address: str
    short: str
    kiosk: str
    qr: SafeString
    form: CapForm


def links_of(round_: Round) -> Sequence[OpenLink]:
    """All of them, staff's first, in the order of the groups; one query."""
    links = OpenLink.objects.filter(round=round_).select_related("group").order_by("-view", "group__position", "pk")
    for link in links:
        link.round = round_
    return list(links)


def link_row(link: OpenLink, form: CapForm | None = None) -> LinkRow:
    """form: a refused one, with what is wrong."""
    address = answer_address(link)
    form = form or CapForm(initial={"cap": link.cap}, auto_id=f"cap-{link.pk}-%s")
    return LinkRow(link, link_name(link), address, short_address(link), kiosk_address(link), qr_svg(address), form)


def link_name(link: OpenLink) -> str:
    """Group, view or both, as far as it takes to tell a round's links apart."""
    view = link.get_view_display()
    if link.group is None:
        return str(view)
    return f"{link.group}, {view}" if link.round.audience == Audience.BOTH else link.group.name
