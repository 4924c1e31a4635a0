"""`habeas rules`: rulebooks to read, to check and to amend."""
