"""What is judged by: the named evaluation sets, and where their music truly is."""
