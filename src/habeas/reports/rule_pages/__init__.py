"""Books, systems, technologies and questions as pages of the documentation (Markdown), linked with each other."""
