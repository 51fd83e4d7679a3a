"""Public scores of past estimates, against the prior and the base rate."""
