"""Published files: on disk, or on S3-compatible object storage."""
