-- The store: one SQLite file of reports, what was read in them, and what people set right.
-- Tables hold the truth; views (below) are what `lagebild sql` is for and stay as they are within a schema version.
-- Changing anything here: raise SCHEMA in connection.py and write migrations/NNN.sql that leads there.

-- One row a report, whatever happens to its text.
CREATE TABLE report (
    id      INTEGER PRIMARY KEY,
    key     TEXT NOT NULL UNIQUE             -- the report's own id, under which it was first added
) STRICT;

-- One row each text that the report had; the newest counts, the older ones stay readable.
CREATE TABLE version (
    id        INTEGER PRIMARY KEY,
    report    INTEGER NOT NULL REFERENCES report ON DELETE CASCADE,
    number    INTEGER NOT NULL,              -- 1, 2, …
    own_id    TEXT NOT NULL,                 -- the id that this text came with; another one if it was known by its URL
    title     TEXT,
    url       TEXT,
    publisher TEXT,
    published TEXT,                          -- ISO day
    day       TEXT NOT NULL,                 -- the day from which it counts: published, else the day it was added
    language  TEXT,
    text      TEXT NOT NULL,
    digest    BLOB NOT NULL,                 -- SHA-256 of text, title, url, publisher and published
    added     TEXT NOT NULL,                 -- UTC, seconds
    reader    TEXT,                          -- versions of program and weights that read it
    reading   TEXT NOT NULL,                 -- what they read: findings, quotes, times, zones, as JSON, uncorrected
    UNIQUE (report, number)
) STRICT;
CREATE INDEX version_url ON version (url) WHERE url IS NOT NULL;
CREATE INDEX version_own_id ON version (own_id);
CREATE INDEX version_day ON version (day);

-- The words of every version; kept in step by the triggers.
CREATE VIRTUAL TABLE words USING fts5 (
    title, text, content = 'version', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE TRIGGER words_added AFTER INSERT ON version BEGIN
    INSERT INTO words (rowid, title, text) VALUES (new.id, new.title, new.text);
END;
CREATE TRIGGER words_removed AFTER DELETE ON version BEGIN
    INSERT INTO words (words, rowid, title, text) VALUES ('delete', old.id, old.title, old.text);
END;

-- The findings of every version with corrections applied; written anew from `reading` and `correction` when either changes.
CREATE TABLE finding (
    id              INTEGER PRIMARY KEY,
    version         INTEGER NOT NULL REFERENCES version ON DELETE CASCADE,
    name            TEXT NOT NULL,           -- e1, f1: the finding's id within the report
    kind            TEXT NOT NULL,           -- event, figure
    type            TEXT,                    -- of an event
    mode            TEXT,
    issue           TEXT,
    status          TEXT,
    measure         TEXT,                    -- of a figure
    value           REAL,
    precision       TEXT,
    counted         TEXT,                    -- what the figure counts, as written
    stance          TEXT NOT NULL,
    place           TEXT,
    place_country   TEXT,
    place_precision TEXT,
    lat             REAL,
    lon             REAL,
    time_text       TEXT,
    time_from       TEXT,
    time_to         TEXT,
    conditions      TEXT,                    -- names of events, separated by blanks
    trigger_words   TEXT NOT NULL,
    trigger_start   INTEGER NOT NULL,
    trigger_end     INTEGER NOT NULL,
    evidence        TEXT NOT NULL,
    evidence_start  INTEGER NOT NULL,
    evidence_end    INTEGER NOT NULL,
    confidence      REAL,
    corrected       INTEGER NOT NULL         -- 1 if a person set something right in it
) STRICT;
CREATE INDEX finding_version ON finding (version);

CREATE TABLE finding_party (
    finding  INTEGER NOT NULL REFERENCES finding ON DELETE CASCADE,
    part     TEXT NOT NULL,                  -- actor, recipient, said_by
    position INTEGER NOT NULL,
    text     TEXT NOT NULL,
    name     TEXT NOT NULL,
    country  TEXT,
    kind     TEXT,
    office   TEXT,
    PRIMARY KEY (finding, part, position)
) STRICT, WITHOUT ROWID;

-- The names in the findings of a version, for searching: parties and places by name and as written, case-folded, and their
-- countries in capitals. One row a name and version: indexes on every mention would cost several times as much to keep.
CREATE TABLE name (
    what    TEXT NOT NULL,                   -- party, place
    key     TEXT NOT NULL,
    version INTEGER NOT NULL REFERENCES version ON DELETE CASCADE,
    PRIMARY KEY (what, key, version)
) STRICT, WITHOUT ROWID;
CREATE INDEX name_version ON name (version);

-- What people set right. A record is never changed; undoing removes it.
CREATE TABLE correction (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    action TEXT NOT NULL CHECK (action IN ('set', 'drop', 'join', 'split', 'close')),
    field  TEXT,                             -- set: the field's key in docs/findings.md; close: the fate
    value  TEXT,                             -- set: the new value as JSON; close: the ISO day or NULL
    note   TEXT NOT NULL,
    author TEXT,
    made   TEXT NOT NULL
) STRICT;

-- The findings that a correction is about, known by their words, so that it outlives rereads and new versions.
CREATE TABLE correction_target (
    correction    INTEGER NOT NULL REFERENCES correction ON DELETE CASCADE,
    position      INTEGER NOT NULL,
    side          INTEGER NOT NULL,          -- split: 0 or 1; else 0
    report        INTEGER NOT NULL REFERENCES report ON DELETE CASCADE,
    kind          TEXT NOT NULL,
    type          TEXT NOT NULL,             -- event type or measure, as read when the correction was made
    trigger_words TEXT NOT NULL,
    trigger_start INTEGER NOT NULL,
    trigger_end   INTEGER NOT NULL,
    evidence      TEXT NOT NULL,
    PRIMARY KEY (correction, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX correction_target_report ON correction_target (report);

-- Decisions about who is who: names that are one party, names that are not.
CREATE TABLE party_decision (
    id     INTEGER PRIMARY KEY AUTOINCREMENT,
    action TEXT NOT NULL CHECK (action IN ('merge', 'split')),
    names  TEXT NOT NULL,                    -- JSON: [[name, country or null], …]; of a merge the first one leads
    note   TEXT NOT NULL,
    author TEXT,
    made   TEXT NOT NULL
) STRICT;

-- Work that the next writer finishes if this one dies: 'scrub', removed text is to be wiped out of the file; 'truncate', out of
-- the log only.
CREATE TABLE pending (
    chore TEXT PRIMARY KEY
) STRICT;

-- ------------------------------------------------------------------------------- what is followed on the web

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

-- Articles of feeds that the relevance filter left out, so that a person can look through them; old ones are forgotten.
CREATE TABLE filtered_article (
    key       BLOB PRIMARY KEY,              -- as in address
    url       TEXT NOT NULL,
    title     TEXT,
    publisher TEXT,
    published TEXT,                          -- ISO day
    language  TEXT,
    score     REAL NOT NULL,                 -- below 0: not relevant
    moment    REAL NOT NULL                  -- when it was left out, seconds since 1970
) STRICT, WITHOUT ROWID;
CREATE INDEX filtered_article_moment ON filtered_article (moment);

-- ---------------------------------------------------------------------------------------------- views

CREATE VIEW versions AS
SELECT r.key AS report, v.number AS version, v.number = (SELECT max(number) FROM version WHERE report = r.id) AS newest,
       v.title, v.publisher, v.published, v.day, v.language, v.url, v.text, v.added, v.reader, v.id AS version_id
FROM version v JOIN report r ON r.id = v.report;

CREATE VIEW reports AS
SELECT report, version, title, publisher, published, day, language, url, text, added, reader, version_id
FROM versions WHERE newest;

CREATE VIEW events AS
SELECT v.report, f.name AS finding, v.published, v.publisher, f.type, f.mode, f.issue, f.status, f.stance,
       (SELECT group_concat(name, '; ') FROM finding_party WHERE finding = f.id AND part = 'actor') AS actors,
       (SELECT group_concat(name, '; ') FROM finding_party WHERE finding = f.id AND part = 'recipient') AS recipients,
       (SELECT group_concat(name, '; ') FROM finding_party WHERE finding = f.id AND part = 'said_by') AS said_by,
       f.place, f.place_country, f.lat, f.lon, f.time_from, f.time_to, f.time_text, f.conditions,
       f.trigger_words AS trigger, f.evidence, f.confidence, f.corrected, f.id AS finding_id
FROM finding f JOIN reports v ON v.version_id = f.version WHERE f.kind = 'event';

CREATE VIEW figures AS
SELECT v.report, f.name AS finding, v.published, v.publisher, f.measure, f.value, f.precision, f.counted, f.stance,
       (SELECT group_concat(name, '; ') FROM finding_party WHERE finding = f.id AND part = 'said_by') AS said_by,
       f.place, f.place_country, f.lat, f.lon, f.time_from, f.time_to, f.time_text,
       f.trigger_words AS trigger, f.evidence, f.confidence, f.corrected, f.id AS finding_id
FROM finding f JOIN reports v ON v.version_id = f.version WHERE f.kind = 'figure';

CREATE VIEW parties AS
SELECT v.report, f.name AS finding, v.published, p.part, p.name, p.country, p.kind, p.office, p.text, f.id AS finding_id
FROM finding_party p JOIN finding f ON f.id = p.finding JOIN reports v ON v.version_id = f.version;

CREATE VIEW corrections AS
SELECT c.id AS correction, c.action, r.key AS report, t.trigger_words AS trigger, t.kind, t.type, t.side, c.field, c.value,
       c.note, c.author, c.made
FROM correction c JOIN correction_target t ON t.correction = c.id JOIN report r ON r.id = t.report;

CREATE VIEW party_decisions AS
SELECT id AS decision, action, names, note, author, made FROM party_decision;

CREATE VIEW copies AS
SELECT r.key AS report, o.key AS original
FROM copy c JOIN report r ON r.id = c.report JOIN report o ON o.id = c.original;

CREATE VIEW filtered AS
SELECT url, title, publisher, published, language, score, datetime(moment, 'unixepoch') AS moment FROM filtered_article;
