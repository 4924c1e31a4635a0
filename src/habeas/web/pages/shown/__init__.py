"""What a page shows of a rule, a documented system or a technology: values that templates only have to draw."""
