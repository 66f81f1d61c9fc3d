"""Output: a search's answers as a table for people, and as JSON and CSV for programs.

In: an ``Inquiry``. Out: text. What comes from the web is inert in all three: no control or
direction character, no markup, no spreadsheet formula.
"""
