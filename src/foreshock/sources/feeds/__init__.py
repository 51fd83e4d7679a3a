"""Feeds, subscription lists, mailboxes and folders as they are watched: bytes -> entries."""
