"""Sealing: what can harm a person is stored as AEAD blobs under a data key of that person.

`keyring.py` holds the keys outside the database; `vault.py` seals and opens one subject's values; `blind.py` makes
keyed indexes for equality. Destroying a subject's data key makes everything sealed under it unreadable for good.
"""
