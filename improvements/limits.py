"""How much the room for change takes in."""

STORY_MAX, SHORT_MAX = 5_000, 400
REASON_MAX = 400
