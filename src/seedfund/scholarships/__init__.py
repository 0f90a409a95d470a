"""Vocational scholarships: from application to work, on the same awards, tranches and ledger as every other grant.

Floor: above grants and training, below reports. Must not know papers, files or the command line.
"""
