"""Tests that need Chromium, LibreOffice, npm or a cluster; only ``.ci/run`` runs them."""
