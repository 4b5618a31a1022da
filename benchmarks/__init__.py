"""How fast Triptych is, and how fast others do the same work on the same machine."""
