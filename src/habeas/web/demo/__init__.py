"""A site filled with made-up organisations, people and systems, so that everything can be looked at before anything real is in it."""
