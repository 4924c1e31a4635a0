"""What a screen found, for people (text), for programs (JSON), over many systems (tables), and what changed between two screens."""
