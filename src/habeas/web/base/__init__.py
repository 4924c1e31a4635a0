"""What every app of the site stands on: who acts, what time it is, the outbox, the log, the looks."""
