"""What it takes to read what people write in YAML, and to say, line by line, what is wrong with it."""
