"""Read the cells of one row: country, type, role, presence, money, charter."""
