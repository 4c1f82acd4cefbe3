"""Read the old binary workbooks."""
