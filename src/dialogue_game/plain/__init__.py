"""Line mode: an equal face for screen readers, pipes, serial lines and scripts."""
