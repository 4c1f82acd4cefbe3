"""The search for the fewest changes: the exact core behind the advice."""
