"""The gate: what a version still lacks before it may be used, and who let it through under which conditions."""
