"""The rules of savings, pure: values in, decisions out. Must not know sessions, clocks or how numbers are sealed.

`words` closed lists · `links` the trail of an account · `observing` what balances tell as of a day · `plans` savings
plans and the match · `groups` savings groups and the share-out · `indicators` persons and households, never converted.
"""
