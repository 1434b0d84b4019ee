"""What the table of docs/performance.md is made from; never part of the test suite."""
