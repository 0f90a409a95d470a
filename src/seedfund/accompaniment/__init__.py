"""Accompaniment beyond the visit: services and referrals to them, work, and what is done together in a community.

Stands above grants, which never read it.
"""
