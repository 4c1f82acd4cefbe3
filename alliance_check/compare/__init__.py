"""What changed between two sheets, and what proposals say of one another."""
