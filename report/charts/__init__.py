"""Charts: rows of numbers in, inline SVG out, drawn by Vega-Altair without a browser.

``svg.draw`` turns an Altair chart into SVG that holds shapes and text and nothing else, named and
described for a screen reader, in the colours of ``palette`` that ``page.css`` changes in the dark.
Each other module is one kind of chart. They need the extra ``duizhao[charts]``; where it is
missing, ``svg.draw`` returns None and the report shows each chart's table instead.
"""
