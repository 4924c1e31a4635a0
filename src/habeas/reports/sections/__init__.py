"""The report's sections: from an audit's result to blocks of words, tables and charts, which the templates only lay out."""
