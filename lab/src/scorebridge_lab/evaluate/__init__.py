"""The figures: one module for each kind; functions return plain rows."""
