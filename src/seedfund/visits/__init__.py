"""Accompaniment at home: visits planned by a rule, held, missed or moved, and what each of them found.

Must not know grants; conditions of tranches read its facts through `queries`.
"""
