"""The door for notebooks and scripts: a graph as one object, whose answers show themselves. Its names are in `kg`."""
