"""The game in a browser: one page that plays a whole course, and its package for SCORM."""
