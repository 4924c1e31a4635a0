"""The log: bytes in, proofs out. RFC 6962 tree, C2SP tiles, checkpoints, signed notes, cosignatures, proofs, salted commitments.

Opens nothing, knows no clock, no chance and none of the domain's words: tiles come through a function, salts and times as arguments.
"""
