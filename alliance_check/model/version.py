"""The version of the program, as every report names it."""

__version__ = "0.1.0"
