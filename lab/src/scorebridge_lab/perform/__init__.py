"""Written notes to played notes to sound, with the time of each note known."""
