"""The command line of the lab: commands open, call and print."""
