"""What whoever amends a book needs: whether it is in order, and what it changes."""
