"""How good the estimates were: resolution, scores, comparisons, calibration."""
