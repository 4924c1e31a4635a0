"""Where the log's bytes are kept: sequenced in a database, published as tiles, signed with keys, witnessed, and erased on record."""
