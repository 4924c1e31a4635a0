"""Rulebooks, descriptions and the catalogue, from YAML to values; and what is done with them."""
