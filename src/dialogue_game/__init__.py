"""A terminal game that plays social-media dilemmas as branching stories."""

__version__ = "0.2.0"
