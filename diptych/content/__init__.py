"""The files that editors write: pages, timelines, terms and settings. A record describes each kind."""
