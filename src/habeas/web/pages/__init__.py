"""Pages that stand by themselves: home, help, rules, catalogue, technologies, statements."""
