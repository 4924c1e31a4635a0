"""How reports speak: numbers, people and terms in plain words."""
