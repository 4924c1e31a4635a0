"""What the public asks of the register."""
