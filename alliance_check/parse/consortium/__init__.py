"""Put the rows together: partners, organisations, project."""
