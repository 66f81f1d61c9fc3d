"""Benchmarks: each prints its figures beside what is asked, and fails when one falls short."""
