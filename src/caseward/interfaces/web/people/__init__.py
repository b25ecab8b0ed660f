"""People involved with a child: who they are, adding one, what changed, and who no longer is."""
