"""A group's session: events, their fold, steps and ballots."""
