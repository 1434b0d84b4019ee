"""Playing a story."""
