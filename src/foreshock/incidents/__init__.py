"""JOIN: claims of many documents -> origins, incidents, tallies, disputes, conditions in force, grades."""
