"""Pages of audits: for everybody, and on the desk."""
