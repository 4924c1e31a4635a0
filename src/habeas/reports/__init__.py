"""Reports: an audit's result as words, pages and documents. Values in, text out; nothing is computed or opened here."""
