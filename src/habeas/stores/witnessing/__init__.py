"""A witness of other people's logs, and asking witnesses to cosign ours."""
