"""Which files to judge, and how outputs are written."""
