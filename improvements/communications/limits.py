"""How much the list of communications takes in."""

COMMUNICATIONS_MAX = 500
EXAMPLE_MAX = 5_000
TIMES_MAX, EVENTS_MAX, RECIPIENTS_MAX = 10_000, 10_000, 10_000_000_000
PASTE_MAX = 1_000_000
KEPT_DAYS = 30
ASKED_MAX = 20  # communications that one person rates
MINIMUM_MAX = 1_000
HAND_INS_A_NETWORK = 120  # in a quarter of an hour
HAND_INS_KEPT_DAYS = 180  # twice as long as a pass is good for
