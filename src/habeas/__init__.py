"""habeas: makes AI and automated decision-making in criminal justice answerable."""

__version__ = "0.1.0"
