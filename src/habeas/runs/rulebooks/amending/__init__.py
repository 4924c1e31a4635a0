"""What whoever reads or amends a book needs: where a rule stands, whether a book is in order, and what an amendment changes."""
