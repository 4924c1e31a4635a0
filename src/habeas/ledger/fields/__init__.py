"""Personal fields: salted commitments, openings, and the sealing that can be undone by forgetting a key."""
