"""Fetching from the open web and from nowhere else: every address is resolved once, checked and pinned."""
