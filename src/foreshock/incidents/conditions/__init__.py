"""What is in force: words that tell it, claims grouped by condition, and the register of conditions."""
