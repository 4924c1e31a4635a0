"""Files that people send, where no view says for itself how they are received."""
