"""A module for each promise or family of promises; bin/bench finds them all."""
