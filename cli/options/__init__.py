"""The options, declared once, and the configuration file."""
