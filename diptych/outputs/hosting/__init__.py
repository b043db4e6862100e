"""The configuration files for a host: headers, redirects, server files."""
