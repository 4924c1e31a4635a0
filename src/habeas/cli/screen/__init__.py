"""`habeas screen`: what rulebooks say of a described system."""
