"""Home, and what belongs to the game as a whole."""
