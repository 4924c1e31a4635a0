"""Entries get their number and become durable: SQLite or PostgreSQL, many writers in one commit."""
