"""Keeping a site: making it, running it, looking it over, saving it and bringing it back. What `habeas site` calls."""
