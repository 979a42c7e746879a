"""What the first page tells each role."""
