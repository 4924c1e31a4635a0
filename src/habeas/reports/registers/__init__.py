"""Entries of the register for readers: what changed, what is missing, other registers' shapes, tables and feeds."""
