"""The worker: the one process that does the outbox's jobs and writes the ledger."""
