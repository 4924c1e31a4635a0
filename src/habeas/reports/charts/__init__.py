"""Pictures of an audit's numbers as plain SVG: readable without colour, each drawn beside a table of the same numbers."""
