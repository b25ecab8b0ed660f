"""Translation only: a request, a command line or a file becomes one call into the work below."""
