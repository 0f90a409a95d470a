"""Schooling: which children of a household are enrolled where, in which term, proven by what.

Must not know grants; conditions of tranches read its facts through `queries`.
"""
