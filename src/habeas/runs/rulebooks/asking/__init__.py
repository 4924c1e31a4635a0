"""What an interview says and hears: questions as they are put, what was typed as a value, and drafts that somebody began."""
