"""Read OpenDocument sheets."""
