"""Crises of the past that are like the one at hand: what is alike, what differs, how each ended."""
