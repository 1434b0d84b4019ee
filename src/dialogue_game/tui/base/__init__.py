"""What every screen is built on: the frame, panels, dialogs."""
