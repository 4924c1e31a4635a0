"""Commands of `habeas site manage`."""
