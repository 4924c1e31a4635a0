"""Signing keys, created with tight permissions and encrypted at rest."""
