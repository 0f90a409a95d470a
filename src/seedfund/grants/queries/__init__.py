"""Reads of grants: facts for rules, rows for reports, everything a paper says. Must not write."""
