"""Bytes to sheets, one module a file format."""
