"""From a measurement to files: HTML for readers, CSV and JSON for programs.

In: ``report.model.Measurement`` (and documents, for ``pages.csv``). Out: text, in memory or line
by line; nothing is written here. Every string that a page, a server or a configuration supplied
passes ``inert`` on its way out. To add a format, add a module with one function.
"""
