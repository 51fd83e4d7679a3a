"""How many may die: pooled draws of a country's own past, widened by how wrong they were."""
