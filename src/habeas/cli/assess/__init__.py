"""Impact assessments on the command line: drafted, checked, rendered."""
