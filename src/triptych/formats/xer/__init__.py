"""Primavera P6 export files (XER): tables in text, as Oracle documents their columns in the P6 database schema."""

from .reader import read_xer

__all__ = ["read_xer"]
