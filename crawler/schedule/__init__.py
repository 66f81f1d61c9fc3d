"""Runs by the clock: which job is due, one run at a time, and what came of it.

In: the configuration's jobs, a clock, the ledger in the store. Out: processes of ``duizhao``
started one after the other, a summary and an outcome each. ``slots`` reads cron expressions in
their time zones, ``due`` decides, ``keeper`` runs what is due, ``outcome`` says how it went,
``webhook`` tells others, ``hold`` sees to it that there is one keeper, ``install`` writes timers.
Everything but ``launch`` takes its time from the caller.

There is no scheduling library here. APScheduler 3.11 waits for a wall-clock time that it worked
out before: with a clock that was a year ahead and is put right, it waits a year; and it counts
weekdays from Monday, where cron has Sunday (``CronTrigger.from_crontab``). What is hard, cron in
time zones with summer time, is cronsim's.
"""
