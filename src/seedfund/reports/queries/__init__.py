"""Reads that fill the rows of the books: as of a booking day, as known up to a row of each book. Must not write.

`scope` how far and when · `counters` balances · `rows` what was booked · one module a book · `shown` lists and
single things for the desk.
"""
