"""What the schema is made of: migrations in order, each in SQL.

Never edit a migration that has shipped; append one, and name it in ``MIGRATIONS``.
"""

from __future__ import annotations

SQL_FIRST = """
CREATE TABLE source (
    id      TEXT PRIMARY KEY,
    name    TEXT NOT NULL,
    langs   TEXT NOT NULL,              -- comma-separated, e.g. 'en,zh'
    kind    TEXT NOT NULL,
    region  TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE run (
    id         INTEGER PRIMARY KEY,
    owner      TEXT NOT NULL,           -- host:pid:start, to tell the dead from the living
    started_at TEXT NOT NULL,
    ended_at   TEXT NOT NULL DEFAULT '',
    outcome    TEXT NOT NULL DEFAULT 'running',
    config     TEXT NOT NULL,           -- JSON
    fetched    INTEGER NOT NULL DEFAULT 0,
    account    TEXT NOT NULL DEFAULT '' -- JSON
);

CREATE TABLE run_limit (
    run_id  INTEGER NOT NULL REFERENCES run(id),
    name    TEXT NOT NULL,              -- which limit, e.g. 'max_pages_per_source'
    subject TEXT NOT NULL,              -- what it cut, e.g. a source
    count   INTEGER NOT NULL,
    PRIMARY KEY (run_id, name, subject)
) WITHOUT ROWID;

CREATE TABLE url (
    id          INTEGER PRIMARY KEY,
    key         TEXT NOT NULL UNIQUE,   -- the canonical URL
    host        TEXT NOT NULL,
    source      TEXT NOT NULL DEFAULT '',
    role        TEXT NOT NULL DEFAULT 'page' CHECK (role IN ('page', 'sitemap', 'feed')),
    depth       INTEGER NOT NULL DEFAULT 0,
    hops        INTEGER NOT NULL DEFAULT 0,   -- redirects followed to get here
    state       TEXT NOT NULL DEFAULT 'pending'
                CHECK (state IN ('pending', 'leased', 'stored', 'failed', 'skipped', 'gone')),
    reason      TEXT NOT NULL DEFAULT '',
    attempts    INTEGER NOT NULL DEFAULT 0,
    due_at      REAL NOT NULL DEFAULT 0,      -- Unix time before which it waits
    lease_owner TEXT NOT NULL DEFAULT '',
    lease_until REAL NOT NULL DEFAULT 0,
    fetched_run INTEGER NOT NULL DEFAULT 0,   -- the last run that fetched it
    page_id     INTEGER,                      -- its current page
    revision    INTEGER NOT NULL DEFAULT 0    -- of the page, or of its removal
);
CREATE INDEX url_waiting ON url (host, due_at, depth, id) WHERE state = 'pending';
CREATE INDEX url_leased ON url (lease_until) WHERE state = 'leased';
CREATE INDEX url_revision ON url (revision) WHERE revision > 0;
CREATE INDEX url_source_run ON url (source, fetched_run);

CREATE TABLE capture (
    url_id   INTEGER NOT NULL REFERENCES url(id),
    route    TEXT NOT NULL,             -- links, sitemap, feed, home, redirect, …
    run_id   INTEGER NOT NULL REFERENCES run(id),
    found_on INTEGER NOT NULL DEFAULT 0,
    at       TEXT NOT NULL,
    PRIMARY KEY (url_id, route, run_id)
) WITHOUT ROWID;

CREATE TABLE page (
    id            INTEGER PRIMARY KEY,
    url_id        INTEGER NOT NULL REFERENCES url(id),
    version       INTEGER NOT NULL,
    run_id        INTEGER NOT NULL REFERENCES run(id),
    fetched_at    TEXT NOT NULL,
    checked_at    TEXT NOT NULL,        -- last time the same content was seen
    status        INTEGER NOT NULL,
    content_hash  TEXT NOT NULL,
    kind          TEXT NOT NULL,
    lang          TEXT NOT NULL,
    title         TEXT NOT NULL,
    text          TEXT NOT NULL,
    detail        TEXT NOT NULL,        -- JSON: every other field of page.model.Page
    sketch        BLOB NOT NULL,
    warc_file     TEXT NOT NULL DEFAULT '',
    warc_offset   INTEGER NOT NULL DEFAULT 0,
    UNIQUE (url_id, version)
);

CREATE TABLE link (
    from_id INTEGER NOT NULL REFERENCES url(id),
    to_id   INTEGER NOT NULL REFERENCES url(id),
    anchor  TEXT NOT NULL,
    PRIMARY KEY (from_id, to_id)
) WITHOUT ROWID;

CREATE TABLE revision (last INTEGER NOT NULL);
INSERT INTO revision VALUES (0);
"""

# What a URL promises before it is fetched, and what it turned out to be; who was asked how much.
SQL_PROMISE = """
ALTER TABLE url ADD COLUMN promise REAL NOT NULL DEFAULT 0;      -- higher is fetched first
ALTER TABLE url ADD COLUMN hint TEXT NOT NULL DEFAULT '';        -- what it was first called
ALTER TABLE url ADD COLUMN lang TEXT NOT NULL DEFAULT '';        -- its expected language, or ''
ALTER TABLE url ADD COLUMN topical TEXT NOT NULL DEFAULT '';     -- 'en', 'zh', 'en,zh', 'no', ''
DROP INDEX url_waiting;
CREATE INDEX url_waiting ON url (host, promise DESC, depth, id, due_at) WHERE state = 'pending';

CREATE TABLE effort (
    run_id   INTEGER NOT NULL REFERENCES run(id),
    lang     TEXT NOT NULL,             -- the page's own language where there was a page
    kind     TEXT NOT NULL,             -- of its source
    fetches  INTEGER NOT NULL,
    bytes    INTEGER NOT NULL,          -- as they came over the wire
    pages    INTEGER NOT NULL,
    on_topic INTEGER NOT NULL,
    PRIMARY KEY (run_id, lang, kind)
) WITHOUT ROWID;
"""


# What search services were asked and claim; see store.claims.
SQL_QUERIES = """
CREATE TABLE query (
    id          INTEGER PRIMARY KEY,
    day         TEXT NOT NULL,              -- UTC, YYYY-MM-DD
    service     TEXT NOT NULL,              -- the id of a [[search]] table
    kind        TEXT NOT NULL,              -- which service it is, e.g. 'mediawiki'
    concept     TEXT NOT NULL,
    lang        TEXT NOT NULL,
    words       TEXT NOT NULL,              -- as asked
    run_id      INTEGER NOT NULL REFERENCES run(id),
    state       TEXT NOT NULL DEFAULT 'pending'
                CHECK (state IN ('pending', 'leased', 'answered', 'refused')),
    reason      TEXT NOT NULL DEFAULT '',
    attempts    INTEGER NOT NULL DEFAULT 0,
    due_at      REAL NOT NULL DEFAULT 0,
    lease_owner TEXT NOT NULL DEFAULT '',
    lease_until REAL NOT NULL DEFAULT 0,
    next        TEXT NOT NULL DEFAULT '',   -- where to go on
    total       INTEGER,                    -- what the service claims
    bound       TEXT NOT NULL DEFAULT 'none'
                CHECK (bound IN ('exact', 'estimate', 'at_least', 'none')),
    results     INTEGER NOT NULL DEFAULT 0, -- addresses it gave
    requests    INTEGER NOT NULL DEFAULT 0, -- what asking cost
    asked_at    TEXT NOT NULL DEFAULT '',
    warc_file   TEXT NOT NULL DEFAULT '',   -- its last response
    warc_offset INTEGER NOT NULL DEFAULT 0,
    UNIQUE (day, service, lang, concept, words)
);
CREATE INDEX query_waiting ON query (service, day, due_at) WHERE state = 'pending';

CREATE TABLE volume (
    query_id INTEGER NOT NULL REFERENCES query(id),
    series   TEXT NOT NULL,                 -- e.g. a source language
    period   TEXT NOT NULL,                 -- ISO 8601 date
    value    REAL NOT NULL,
    unit     TEXT NOT NULL,
    PRIMARY KEY (query_id, series, period)
) WITHOUT ROWID;
"""

SQL_REVISITS = """
CREATE TABLE visit (
    url_id      INTEGER PRIMARY KEY REFERENCES url(id),
    etag        TEXT NOT NULL,          -- as it was sent
    modified    TEXT NOT NULL,          -- Last-Modified, as it was sent
    fingerprint TEXT NOT NULL,          -- of the text, or of what a listing lists
    checked_at  REAL NOT NULL,          -- Unix time of the last answer
    interval    REAL NOT NULL,          -- seconds until the next visit
    failures    INTEGER NOT NULL,       -- visits in a row that were in vain
    history     TEXT NOT NULL,          -- JSON: [[seconds, changed], ...], the latest checks
    run_id      INTEGER NOT NULL REFERENCES run(id),
    verdict     TEXT NOT NULL CHECK (verdict IN ('new', 'changed', 'same', 'lost', 'failed'))
);
CREATE INDEX visit_run ON visit (run_id, verdict);

CREATE TABLE move (
    from_id INTEGER PRIMARY KEY REFERENCES url(id),
    to_id   INTEGER NOT NULL REFERENCES url(id),
    status  INTEGER NOT NULL,           -- 301 or 308
    run_id  INTEGER NOT NULL REFERENCES run(id),
    at      TEXT NOT NULL
);
CREATE INDEX move_to ON move (to_id);

CREATE TABLE host (                     -- only hosts in trouble
    host     TEXT PRIMARY KEY,
    reason   TEXT NOT NULL,
    failures INTEGER NOT NULL,          -- in a row
    since    REAL NOT NULL,             -- Unix time of the first of them
    next_at  REAL NOT NULL              -- Unix time before which it is left alone
) WITHOUT ROWID;

-- Of a settled URL, due_at is when it is to be looked at again; 0 is never.
UPDATE url SET due_at = CASE WHEN state IN ('stored', 'gone', 'failed') THEN 1 ELSE 0 END
WHERE state NOT IN ('pending', 'leased');
CREATE INDEX url_revisit ON url (due_at)
WHERE state IN ('stored', 'failed', 'skipped', 'gone') AND due_at > 0;
"""

SQL_JOBS = """
CREATE TABLE job (
    name     TEXT PRIMARY KEY,
    cron     TEXT NOT NULL,
    timezone TEXT NOT NULL,
    since    REAL NOT NULL              -- Unix time from which its slots count
) WITHOUT ROWID;

CREATE TABLE job_run (
    id         INTEGER PRIMARY KEY,
    job        TEXT NOT NULL,
    slot       REAL NOT NULL,           -- Unix time for which it was due
    owner      TEXT NOT NULL,
    started_at REAL NOT NULL,
    ended_at   REAL NOT NULL DEFAULT 0,
    outcome    TEXT NOT NULL DEFAULT 'running',
    summary    TEXT NOT NULL DEFAULT '{}',
    UNIQUE (job, slot)                  -- whoever comes second does not run it
);
"""

# How far archives have been read; see store.archives.
SQL_ARCHIVES = """
CREATE TABLE archive_part (
    id       INTEGER PRIMARY KEY,
    archive  TEXT NOT NULL,
    label    TEXT NOT NULL,              -- a path or URL, '!' and a member's name
    stamp    TEXT NOT NULL,              -- changes with its content
    size     INTEGER NOT NULL,
    position INTEGER NOT NULL DEFAULT 0, -- where to go on
    skip     INTEGER NOT NULL DEFAULT 0, -- and how many records to pass over there
    done     INTEGER NOT NULL DEFAULT 0,
    counts   TEXT NOT NULL DEFAULT '{}', -- JSON: what came of its records
    at       TEXT NOT NULL,
    UNIQUE (archive, label, stamp)
);

CREATE TABLE archive_capture (
    url_id      INTEGER NOT NULL REFERENCES url(id),
    digest      TEXT NOT NULL,
    captured_at TEXT NOT NULL,
    PRIMARY KEY (url_id, digest)
) WITHOUT ROWID;
"""

SQL_SEALS = """
ALTER TABLE page ADD COLUMN seal TEXT NOT NULL DEFAULT '';       -- see store.seal; '' is unknown
"""

# Who asks a host, among several crawls on one store; see store.turns.
SQL_TURNS = """
ALTER TABLE run ADD COLUMN seen_at REAL NOT NULL DEFAULT 0;      -- Unix time of a sign of life

CREATE TABLE turn (
    host   TEXT PRIMARY KEY,
    run_id INTEGER NOT NULL,            -- who asks it; 0 is nobody
    until  REAL NOT NULL,               -- Unix time before which nobody may
    delay  REAL NOT NULL,               -- seconds between two requests
    wanted INTEGER NOT NULL DEFAULT 0   -- the run that asks for it; 0 is none
) WITHOUT ROWID;
"""

MIGRATIONS: tuple[str, ...] = (
    SQL_FIRST,
    SQL_PROMISE,
    SQL_QUERIES,
    SQL_REVISITS,
    SQL_JOBS,
    SQL_ARCHIVES,
    SQL_SEALS,
    SQL_TURNS,
)
