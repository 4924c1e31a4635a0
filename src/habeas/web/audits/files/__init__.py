"""Files that people bring: received within limits, told by what they hold."""
