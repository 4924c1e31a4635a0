"""Measures: the statistics of an audit, each a function of slices of cells."""
