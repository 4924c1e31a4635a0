"""Verdicts that are kept: what makes a file one, and what changed between two of them."""
