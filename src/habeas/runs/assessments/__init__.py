"""Impact assessments on disk: drafted from a description, read back with every fault at its line, checked, rendered."""
