"""What makes a stranger believe: trust policies, proof files, evidence files, the witness's rule and the ladder of verification."""
