"""Indicators: what a programme says it achieved, counted from its own rows, each figure down to the rows behind it.

`rules` how figures are rounded, rolled up and kept from telling on few people · `bases` who and what is counted, a row
each · `facts` what is known of them as of a day · `declared` the indicators as data · `compute` one pass over a base ·
`report` the table, and the rows behind one figure.
"""
