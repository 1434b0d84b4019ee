"""What the README's performance table is made from; never part of the test suite."""
