"""Settings: base, then development, test or production on top; a host changes values by environment variables."""
