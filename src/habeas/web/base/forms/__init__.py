"""Fields that forms of several apps have."""
