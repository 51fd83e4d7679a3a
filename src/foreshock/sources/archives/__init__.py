"""Archives of the web: compressed members, the records in them, the pages in these; what is broken is counted and passed over."""
