"""One generator per finding, by topic; each takes a Subject and yields Findings."""
