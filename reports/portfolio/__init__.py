"""The portfolio report: several journeys side by side."""
