"""The self-assessment on paper: forms, cards and signs."""
