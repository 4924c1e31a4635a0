"""The terminal: reads arguments, calls one function, prints, returns the exit code."""
