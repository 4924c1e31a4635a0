"""Signed notes: keys, signatures, checkpoints, cosignatures."""
