"""What the public reads: the register with what screens, audits and the gate found, and every way to take it away."""
