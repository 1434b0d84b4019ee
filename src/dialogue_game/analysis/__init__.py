"""What can be proved about a story, pure like the core."""
