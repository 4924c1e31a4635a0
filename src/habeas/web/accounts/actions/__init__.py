"""What is done with organisations, their people and their roles: one transaction each; every role given or ended leaves its record."""
