"""The paths not taken: going back, comparing, bringing runs over, carrying one as a file."""
