"""What it takes to draft a plan: the facts of the data, guesses from them, and questions to the auditor."""
