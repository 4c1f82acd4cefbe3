"""Judge files in several processes, with progress and Ctrl-C."""
