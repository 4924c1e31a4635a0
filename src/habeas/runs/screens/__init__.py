"""Screens run from files: a description and books in, verdicts out; kept verdicts compared; and the shapes of all of them."""
