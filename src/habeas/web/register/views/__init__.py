"""The pages of staff about systems and their entries."""
