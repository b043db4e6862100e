"""What editors write: pages, timelines, terms and settings, each read by its record."""
