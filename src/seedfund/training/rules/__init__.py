"""Rules of training, pure.

`words` the closed word lists · `states` what things can be · `attendance` rates · `marking` what a register may say and
what is irregular · `certifying` who is given a certificate.
"""
