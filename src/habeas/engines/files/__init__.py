"""What is inside files: the text of CSV, and the digest of every byte that was read."""
