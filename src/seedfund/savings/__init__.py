"""Savings: accounts at third parties as a dated trail, what was observed of them, savings plans and savings groups.

Own savings are the saver's, never programme money; a match is, and goes through a grant. Must not know grants.
"""
