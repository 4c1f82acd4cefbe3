"""Tests that need Chromium, LibreOffice and npm; only ``.ci/run`` installs these and runs them."""
