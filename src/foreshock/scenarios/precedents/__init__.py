"""Precedents: past crises that are like the one at hand, how far, and how each ended. Context only: no number comes from them."""
