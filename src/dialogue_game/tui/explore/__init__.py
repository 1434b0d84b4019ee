"""History, map and comparison of runs."""
