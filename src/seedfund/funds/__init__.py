"""The money of several donors: funds with their books, budget lines, instalments, bank accounts; benefits as data.

What a fund may pay for whom is data: population group × benefit type → fund, or a payer outside our books. Must not
know people, plans or grants; money moves only through the ledger.
"""
