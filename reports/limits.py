"""How long what is typed for a poster may be, in characters."""

from __future__ import annotations

PLEDGE_MAX, IMPACT_MAX, WHO_MAX = 120, 400, 80
THANKED_MAX, SIGNED_MAX, CERTIFICATE_WORDS_MAX = 120, 120, 60
WALL_STORIES_MIN, WALL_STORIES_MAX = 2, 40
