"""`habeas ledger ...`: a ledger from the terminal, one file a command."""
