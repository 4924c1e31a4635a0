"""The API for machines: everything that is public, read-only, with an OpenAPI description."""
