"""The commands, in modules that end in `_commands`, loaded when one is run."""
