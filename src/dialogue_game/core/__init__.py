"""The game itself, pure: no clock, chance, disk, terminal or YAML below this line."""
