"""The report: the two languages side by side, as counts that can be defended.

In: a store's reader, the topic, the matcher of the topic's concepts and the clustering of works.
Out: ``report.html`` for readers, ``report.csv`` and ``report.json`` for programs, ``pages.csv``
with a row a page. ``write.write_report`` does it all; the way is

    survey (one pass over the pages) → works → measure (pure counts) → render → atomic

``survey``, ``works`` and ``measure`` open nothing and know no clock. To count by one more
property, add it to ``survey.Document`` and a dimension to ``measure.tables``: CSV and JSON then
hold it, and ``render/page.html`` shows it where it says so. To add a format, add a module to
``render`` and its file to ``files``.
"""
