"""The map of a picture: how exact a place is drawn as an area, what stands at it, and on which days."""
