"""`habeas site ...`: a site from the terminal, one file a command. Django is imported once a command runs, not before."""
