"""One module a kind of check: it reads through a `Scan`, notes findings in a `Report`, and never fails at a bad row."""
