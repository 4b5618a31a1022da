"""Workspaces, users, roles and what a role may do; the refusals every app speaks."""
