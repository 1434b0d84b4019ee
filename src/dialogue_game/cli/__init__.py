"""The commands; each in a file of its own, loaded when it is asked for."""
