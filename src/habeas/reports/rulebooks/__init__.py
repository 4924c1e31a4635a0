"""Rulebooks for people and programs: what they say, what a check of them found, and what a newer version changes."""
