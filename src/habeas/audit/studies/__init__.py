"""Studies: one file per technology, all of one shape: what it requires, what it assesses, what it can't tell."""
