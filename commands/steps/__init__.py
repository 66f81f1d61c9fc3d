"""Steps that more than one command takes: each does one thing and prints how it ended.

In: a configuration, a data folder, a terminal. Out: what ``crawl``, ``index`` or ``report`` made;
``ended`` holds the words and the exit codes for how a run of the crawler went.
"""
