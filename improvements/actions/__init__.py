"""Actions: from what was seen to what is done, and whether it worked."""
