"""Sections: the parts of an audit, each made from the same workings; studies choose among them."""
