-- From schema 2 to 3: what the relevance filter left out of the feeds.

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

CREATE VIEW filtered AS
SELECT url, title, publisher, published, language, score, datetime(moment, 'unixepoch') AS moment FROM filtered_article;
