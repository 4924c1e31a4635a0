"""The catalogue for people (text) and for programs (JSON): documented systems, and guidance on families of technology."""
