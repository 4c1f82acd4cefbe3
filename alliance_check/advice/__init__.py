"""What to change, how safe a yes is, and what would be if."""
