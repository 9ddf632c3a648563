-- From schema 1 to 2: what is followed on the web, and which reports are copies.

-- One row a feed that was ever followed. Moments are seconds since 1970, UTC.
CREATE TABLE feed (
    url           TEXT PRIMARY KEY,
    etag          TEXT,                      -- of its last answer: so that the server need not send it again
    last_modified TEXT,
    due           REAL NOT NULL,             -- not asked for before
    failures      INTEGER NOT NULL,          -- attempts in a row that failed
    fetched       REAL                       -- when it last answered
) STRICT, WITHOUT ROWID;

-- One row an article's address that was ever listed or fetched, so that none is fetched or kept twice.
CREATE TABLE address (
    key           BLOB PRIMARY KEY,          -- SHA-256 of the address in its plain form (intake/canonical.py)
    url           TEXT,                      -- NULL once its report was removed: nothing of a removed report stays readable
    host          TEXT,
    feed          TEXT,                      -- the feed that listed it first
    state         TEXT NOT NULL CHECK (state IN ('waiting', 'kept', 'left', 'removed')),
    report        INTEGER REFERENCES report ON DELETE SET NULL,
    found         REAL NOT NULL,             -- when it was first listed
    due           REAL NOT NULL,             -- not fetched before, if it waits
    tries         INTEGER NOT NULL,          -- attempts that failed
    published     TEXT,                      -- ISO day that the feed states
    stamp         TEXT,                      -- the feed's words for when the entry last changed
    etag          TEXT,
    last_modified TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX address_waiting ON address (due) WHERE state = 'waiting';
CREATE INDEX address_report ON address (report) WHERE report IS NOT NULL;

-- What went wrong, so that it is told once and not each time.
CREATE TABLE fault (
    subject TEXT NOT NULL,                   -- a host, a feed's or an article's address
    reason  TEXT NOT NULL,
    first   REAL NOT NULL,
    last    REAL NOT NULL,
    times   INTEGER NOT NULL,
    ended   REAL,                            -- when it was well again
    PRIMARY KEY (subject, reason)
) STRICT, WITHOUT ROWID;

-- Reports that nearly repeat another one, as papers print what an agency sent; both are kept.
CREATE TABLE copy (
    report   INTEGER PRIMARY KEY REFERENCES report ON DELETE CASCADE,
    original INTEGER NOT NULL REFERENCES report ON DELETE CASCADE  -- the one that was kept first
) STRICT;
CREATE INDEX copy_original ON copy (original);

CREATE VIEW copies AS
SELECT r.key AS report, o.key AS original
FROM copy c JOIN report r ON r.id = c.report JOIN report o ON o.id = c.original;
