"""Labels: what people judged by hand, as plain files that others can check.

In: items to judge, drawn with known chances (``draw``). Out: a CSV file of answers (``file``),
asked for at a terminal (``ask``) and weighed: ``verdict`` makes one answer an item, disagreements
kept apart, and ``strata`` says which count when the rule or the corpus has changed since. ``pairs``
makes the items of ``duizhao label works``. To ask another question, make ``ask.Item`` values, give
them to ``ask.ask``, and add a subcommand in ``commands/label.py``. Nothing here decides what an
answer means.

Columns of a label file (UTF-8, a byte order mark, one header line):

    item      what was judged: an identifier that the same draw makes again
    stratum   the group it was drawn from when it was asked
    question  what was asked
    shown     what the person saw, in short; text of a page, so never read as a formula
    answer    y, n or ?
    reason    why, in the person's words; may be empty
    who       who judged
    when      ISO 8601 UTC

A file only ever grows. Who changes an answer adds a line, and a person's last line on an item
counts. Two persons who differ are a conflict, which is counted and not averaged away.
"""
