"""What changed between two audits, as far as what they published can tell."""
