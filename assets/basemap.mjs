// Made at build time: see the map's own notes.
