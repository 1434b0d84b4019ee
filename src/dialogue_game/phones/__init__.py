"""Ballots by phone: a small web server in the leader's program, and what it keeps of a round."""
