"""Rules for languages without a grammar: cue words in windows bounded by punctuation, and what stands beside them."""
