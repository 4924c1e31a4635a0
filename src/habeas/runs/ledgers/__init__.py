"""A ledger in a folder: its settings, its keys, and everything that is done with it from a terminal or from Python."""
