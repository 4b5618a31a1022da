"""Bytes ↔ plan, a folder a format; none imports another."""

from .detect import read_plan
from .report import ReadReport, SavedTask, Unmapped

__all__ = ["ReadReport", "SavedTask", "Unmapped", "read_plan"]
