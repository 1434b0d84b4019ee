"""Reviewing a story: sheets for blind readers and for experts, and what comes back."""
