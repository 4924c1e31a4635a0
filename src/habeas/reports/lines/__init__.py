"""What the terminal shows, line by line; every part takes a result and a width and gives lines."""
