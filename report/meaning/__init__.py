"""What the report says of meaning: explained works, counterparts, and what is read only over there.

In: the survey and what the data folder keeps of ``duizhao explained`` and ``duizhao counterparts``.
Out: one frozen ``Meaning``. Nothing expensive is made here: what is not kept is not said, and the
section names the command.
"""
