"""Judge files in several processes, with progress."""
