"""Which files to judge, and where and how outputs are written."""
