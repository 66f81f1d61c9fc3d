"""Tests mirror the modules; they run offline, in any order."""
