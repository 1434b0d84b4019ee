"""Pure rendering: situations, debriefs, maps, findings, to text and plain data."""
