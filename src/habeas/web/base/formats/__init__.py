"""How days and times are written, where Django's own way would puzzle readers; other languages keep theirs."""
