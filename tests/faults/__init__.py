"""One small input for each fault that rough use found, with the right answer, named by kind."""
