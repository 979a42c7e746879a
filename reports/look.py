"""An organisation's look, as papers freeze it and as their drawings use it."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from accounts.models import Organisation
from reports.models import Look

if TYPE_CHECKING:
    from jobs.picture_cleaning import CleanPicture

LOGO = "logo.png"  # its name among the pictures of a document: <img src="logo.png">


def look_of(organisation: Organisation) -> dict[str, Any]:
    """The look to be frozen into a job's inputs under `look`; {} where the organisation has none, one query.

    logo: a PNG without metadata as base64, at most 100 kB of it; with it logo_width and logo_height, in pixels.
    accent: a colour as `#12508f` that is legible on white (4.5:1). Each is there only where the organisation has it,
    so leave `look` out of the inputs where this is {}: papers made before then stay the same files.
    """
    look = Look.objects.in_organisation(organisation).first()
    if look is None:
        return {}
    logo = {
        "logo": base64.b64encode(look.logo).decode(),
        "logo_width": look.logo_width,
        "logo_height": look.logo_height,
    }
    return {**(logo if look.logo else {}), **({"accent": look.accent} if look.accent else {})}


def with_look(inputs: dict[str, Any], organisation: Organisation) -> dict[str, Any]:
    """Inputs with the organisation's look as it is now; as they are where it has none."""
    look = look_of(organisation)
    return {**inputs, "look": look} if look else inputs


@dataclass(frozen=True, slots=True)
class FrozenLook:
    """What a paper's inputs say of the look. logo_ratio: width by height, 0 without a logo; accent: empty for ink."""

    accent: str = ""
    logo_ratio: float = 0

    def logo_box(self, width: float, height: float) -> tuple[float, float]:
        """Width and height of the logo inside that room, (0, 0) without one."""
        if not self.logo_ratio:
            return 0, 0
        return (
            (width, width / self.logo_ratio) if self.logo_ratio > width / height else (height * self.logo_ratio, height)
        )


def frozen_look(inputs: Mapping[str, Any]) -> FrozenLook:
    """Of a job's inputs; without `look` everything is ink on white."""
    look = inputs.get("look") or {}
    ratio = look["logo_width"] / look["logo_height"] if look.get("logo") else 0
    return FrozenLook(accent=look.get("accent", ""), logo_ratio=ratio)


def shown_look(inputs: Mapping[str, Any], width_mm: float, height_mm: float) -> dict[str, Any]:
    """What a template shows of it. accent: empty for ink; logo: its sides in mm inside that room, None without one."""
    look = frozen_look(inputs)
    sides = [f"{side:.2f}" for side in look.logo_box(width_mm, height_mm)]
    return {"accent": look.accent, "logo": sides if look.logo_ratio else None}


def logo_pictures(inputs: Mapping[str, Any], *, is_grey: bool = False) -> dict[str, bytes]:
    """The logo among the pictures that `reports.pdf` serves to a document from memory; {} without one."""
    logo = (inputs.get("look") or {}).get("logo")
    if not logo:
        return {}
    content = base64.b64decode(logo)
    return {LOGO: _grey(content) if is_grey else content}


def _grey(logo: bytes) -> bytes:
    from PIL import Image  # in the child that draws

    with Image.open(BytesIO(logo)) as picture:
        picture.convert("L").save(out := BytesIO(), "PNG")
    return out.getvalue()


def change_look(organisation: Organisation, accent: str, logo: CleanPicture | None, *, removes_logo: bool) -> None:
    """Save what was chosen. logo: a new one; None leaves the one that is there."""
    look = Look.objects.in_organisation(organisation).first() or Look(organisation=organisation)
    look.accent = accent
    if logo is not None:
        look.logo, look.logo_width, look.logo_height = logo.content, logo.width, logo.height
    elif removes_logo:
        look.logo, look.logo_width, look.logo_height = b"", 0, 0
    look.save()
