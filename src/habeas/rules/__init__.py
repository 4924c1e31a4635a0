"""The screen: rulebooks, and what they say about a described system. Pure; the books themselves are data in `rules/books`."""
