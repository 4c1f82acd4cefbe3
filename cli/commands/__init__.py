"""The commands, one room or module each."""
