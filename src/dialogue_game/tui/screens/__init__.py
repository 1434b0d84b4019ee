"""What fills the terminal: one screen a file, changed in place while playing."""
