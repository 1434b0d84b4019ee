"""Line mode: an equal front end for screen readers, pipes, serial lines and scripts."""
