"""Searched as long as the laws are."""

from tests.properties import conftest as laws

__all__ = ["laws"]
