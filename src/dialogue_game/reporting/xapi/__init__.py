"""Playthroughs as xAPI statements (cmi5 style)."""
