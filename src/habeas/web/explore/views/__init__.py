"""Views: lists, entries, and everything that can be taken away."""
