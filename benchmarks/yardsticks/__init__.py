"""What others cost: the smallest programs that do a comparable thing."""
