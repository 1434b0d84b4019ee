"""What an author asks for: checking stories, how hard they are to read."""
