"""What the API answers: every shape once, as the programs that read it see it."""
