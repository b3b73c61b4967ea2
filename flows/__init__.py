"""Orchestration and every side effect: what runs when, and all I/O but the warehouse's own."""

__version__ = "0.1.0"
