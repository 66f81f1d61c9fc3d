"""Where URLs led to: a redirect is a finding like any other, made on the URL it left."""

from __future__ import annotations

import sqlite3

SQL_REDIRECTS = """
SELECT origin.key, target.key FROM capture
JOIN url AS origin ON origin.id = capture.found_on
JOIN url AS target ON target.id = capture.url_id
WHERE capture.route = 'redirect' AND origin.id != target.id ORDER BY capture.at, capture.run_id"""


def redirects(db: sqlite3.Connection) -> dict[str, str]:
    """Return, of every URL that redirected, where it led to last."""
    return dict(db.execute(SQL_REDIRECTS).fetchall())
