"""Inference: how sure a proportion, a difference, a ratio or a family of them is."""
