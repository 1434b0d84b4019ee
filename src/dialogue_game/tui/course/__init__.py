"""What a course brings along: guidelines, references, about."""
