"""The log of every write, append-only: what undo reads and the live stream tails."""
