"""Watch: feeds on a schedule. A door: it calls the pipeline and may use the ledger."""
