"""The register's fields as they are written, and entries that come from other registers."""
