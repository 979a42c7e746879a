"""How long what is typed for a poster may be, in characters."""

from __future__ import annotations

PLEDGE_MAX, IMPACT_MAX, WHO_MAX = 120, 400, 80
