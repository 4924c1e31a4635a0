"""Pages about organisations, their people, and one's own account."""
