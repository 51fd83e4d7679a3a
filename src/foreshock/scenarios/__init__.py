"""WEIGH: measured priors, evidence that earns its weight, public scores. What each part means: docs/weighing.md."""
