"""The ledger's writes: accounts and entries inside another command's unit, and the ledger's own verbs."""
