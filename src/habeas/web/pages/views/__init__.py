"""Views: the standing pages, the catalogue, the technologies and the rules."""
