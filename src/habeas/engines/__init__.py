"""Engines: rows into cells, in one pass, by pushing the counting to where the rows are."""
