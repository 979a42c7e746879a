"""Moments of impact: told, looked at, shown."""
