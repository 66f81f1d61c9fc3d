"""``duizhao label``: judgements by hand, saved as plain files that others can check.

To add one, write a command in a module of its own and add it here; ``label_options`` has what
they share.
"""

from __future__ import annotations

import click

from commands.label_explained import explained
from commands.label_lexicon import lexicon
from commands.label_works import works


@click.group()
def label() -> None:
    """Judge by hand what a program cannot, and save the answers as a file."""


label.add_command(works)
label.add_command(explained)
label.add_command(lexicon)
