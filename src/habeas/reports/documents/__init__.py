"""Documents: how values become JSON, are described by a schema, and become values again."""
