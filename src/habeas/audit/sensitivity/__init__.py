"""Sensitivity: how far what is missing or mislabelled could move a finding."""
