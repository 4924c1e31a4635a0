"""What a database refuses whoever asks for a row, a programmer at its console included. PostgreSQL's TRUNCATE empties a table unasked."""
