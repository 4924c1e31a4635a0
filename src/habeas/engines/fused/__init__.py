"""The accelerator: both tables in one pass over Arrow batches, where numba and pyarrow are installed (the extra `fast`)."""
