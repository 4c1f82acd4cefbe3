"""Find the table of partners, its headers and its rows."""
