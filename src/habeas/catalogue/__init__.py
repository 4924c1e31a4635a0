"""What others have documented about real systems, and what each family of technology is. Values here, facts in YAML beside them."""
