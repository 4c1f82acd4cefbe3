"""The report for people, on a terminal."""
