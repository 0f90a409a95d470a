"""Reads of accompaniment.

`showing` who may be seen · `services` the catalogue · `referrals` to services, by person and household · `employment`
vacancies to retention · `activities` and who came · `monitoring` of businesses.
"""
