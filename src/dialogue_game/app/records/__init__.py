"""What leaves the program: each playthrough's record, and sending it to a record store."""
