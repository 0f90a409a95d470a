"""What is decided about scholarships: who is planned with, what a plan promises, what opens a tranche, what is paid.

`applying` · `terms` plans and their tranches · `effective` days a stipend is paid for · `confirming` · `ending` ·
`billing` · `placing` · `states`. Must not know rows.
"""
