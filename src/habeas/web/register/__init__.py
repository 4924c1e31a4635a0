"""The register: systems, the editions of their entries, and everything the public reads of them."""
