"""Read what stands beside the partners and below their table."""
