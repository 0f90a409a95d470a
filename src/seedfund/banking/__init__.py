"""What banks say of our accounts: statements kept as they came, matched with the books by proposal and another hand.

A statement is a fact and always taken in; one that does not foot posts nothing. Must not know scholarships or
accompaniment; what a line settles goes through the commands of grants and funds.
"""
