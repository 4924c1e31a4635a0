"""One log: appended to, integrated, signed, published, checked, recovered."""
