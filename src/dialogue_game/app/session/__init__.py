"""A group's session: leading it, what the room and the leader see, what remains of it."""
