"""The files beside the pages: Atom, sitemap, robots, headers, redirects, the timeline as data."""
