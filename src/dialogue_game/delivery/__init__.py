"""Statements to a record store, through an outbox; work to come."""
