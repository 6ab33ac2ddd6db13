"""The REST routes, one module for each group. They do not import each other."""
