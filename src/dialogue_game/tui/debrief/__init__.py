"""The look back at the end of a run."""
