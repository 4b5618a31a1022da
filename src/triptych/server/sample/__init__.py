"""Tideglass Ferries, the living sample company that `triptych demo` serves. Everything about it is invented."""
