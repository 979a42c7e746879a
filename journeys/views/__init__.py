"""The pages of the sequence, a module for each kind of thing they show."""
