"""A group's session in lines: the shared view, the leader's, JSON lines."""
