"""How English pages write dates: the day first and 24 hours, so that readers of every country read them alike."""

DATE_FORMAT = "j M Y"
TIME_FORMAT = "H:i"
DATETIME_FORMAT = "j M Y, H:i"
