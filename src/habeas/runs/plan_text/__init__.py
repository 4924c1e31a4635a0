"""What it takes to read a plan from YAML and to say, line by line, what is wrong with it."""
