"""Reads of the ledger: balances, statements, trial balance, as-of figures, holds, parts. Never writes."""
