"""Who works with the site: people, their organisations, and the roles they have there."""
