"""The game on screen (Textual): app, screens, widgets, styles."""
