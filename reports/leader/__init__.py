"""The leader report of a round."""
