"""A group's session: preparing, leading, following."""
