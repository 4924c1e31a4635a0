"""Records about people: sealed fields, the persons' keys, disclosure, restriction, erasure."""
