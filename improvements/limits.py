"""How much the room for change takes in."""

STORY_MAX, SHORT_MAX = 5_000, 400
REASON_MAX = 400
STORIES_A_PAGE, STORIES_A_WEEK = 20, 2
WEEKS_UNREPEATED = 13  # a quarter
WAITING_MAX = 500  # told by the open link and not looked at yet
PHOTO_UPLOAD_BYTES_MAX, PHOTO_PIXELS_MAX = 15_000_000, 60_000_000
PHOTO_BYTES_MAX, PHOTO_SIDE_MAX = 250_000, 1600  # as it is kept
