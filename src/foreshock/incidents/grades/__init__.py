"""How reliable a source has been: its record in the ledger, and the grade that comes from it."""
