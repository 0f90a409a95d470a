"""Reads of savings: facts for rules and for higher areas, in batches of ids; rows for the desk.

`links` accounts and their trails · `observations` balances and what they tell · `plans` · `groups` · `accounts` how the
accounts of people stood on a day · `indicators` persons and households with an account.
"""
