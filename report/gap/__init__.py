"""The gap: what the counts, the audit, the labels and the routes say when they are put together.

In: a survey, and where there are any an audit's sample, judged works, claims and effort from the
store, and an earlier report. Out: the frozen rows of ``model``, numbers and strings only. The
statistics themselves are ``report.estimate``; here they get their arrays, and their refusals are
kept word for word. Nothing here opens a file or knows a clock.

    headline     how many times more works, with what it rests on (B1, B2, B3)
    compare      concepts, years, kinds and regions: prevalence differences (B5)
    time         works by month and year, first appearance and lag (B7)
    claims       what search services claim for paired queries, beside the corpus
    changes      what is new since an earlier report
"""
