-- SPDX-License-Identifier: Apache-2.0
-- The registry: names, versions and where they come from. One database a warehouse.
--
-- Conventions
--   * times are microseconds since 1970-01-01 00:00:00 UTC (BIGINT)
--   * names keep their case; name_key is the name in lower case, by which it is found
--   * a version's number is major * 10^12 + minor * 10^6 + patch
--   * "text list": one item a line; inside an item \n, \t and \\ stand for line feed, tab and backslash; a line may have
--     several fields, separated by tabs
--   * ${identity} is the dialect's "integer primary key that numbers itself"
-- Rows of namespaces, projects, datasets and versions are never deleted: lineage and used numbers outlive a DROP.

-- First part of a name.
CREATE TABLE namespaces (
    namespace_id ${identity},
    name         TEXT   NOT NULL,             -- as written by whoever created it
    name_key     TEXT   NOT NULL UNIQUE,
    created_at   BIGINT NOT NULL,
    dropped_at   BIGINT                       -- set while dropped; creating it again clears it
);

-- Second part of a name.
CREATE TABLE projects (
    project_id   ${identity},
    namespace_id BIGINT NOT NULL REFERENCES namespaces,
    name         TEXT   NOT NULL,
    name_key     TEXT   NOT NULL,
    created_at   BIGINT NOT NULL,
    dropped_at   BIGINT,                      -- set while dropped; creating it again clears it
    UNIQUE (namespace_id, name_key)
);

-- Third part of a name, and what belongs to all versions.
CREATE TABLE datasets (
    dataset_id        ${identity},
    project_id        BIGINT NOT NULL REFERENCES projects,
    name              TEXT   NOT NULL,
    name_key          TEXT   NOT NULL,
    kind              TEXT   NOT NULL,        -- DATASET, or LISTING: the files of a folder or bucket
    comment           TEXT,
    labels            TEXT   NOT NULL,        -- text list of key, value
    highest_number    BIGINT NOT NULL,        -- highest number ever used, also by versions that are dropped; -1 before the first
    latest_version_id BIGINT,                 -- the COMPLETE version with the highest number; NULL hides the dataset
    created_at        BIGINT NOT NULL,
    updated_at        BIGINT NOT NULL,        -- last deposit, drop, rename or change of metadata
    UNIQUE (project_id, name_key)
);
CREATE INDEX datasets_by_name ON datasets (name_key);

-- Text of scripts from which statements came, each kept once.
CREATE TABLE scripts (
    script_id ${identity},
    sha256    TEXT NOT NULL UNIQUE,           -- of the text in UTF-8, lower-case hexadecimal
    body      TEXT NOT NULL
);

-- What one deposit made. A row appears complete, in the transaction that makes the version visible.
CREATE TABLE versions (
    version_id     ${identity},
    dataset_id     BIGINT NOT NULL REFERENCES datasets,
    number         BIGINT NOT NULL,
    version        TEXT   NOT NULL,           -- the number as major.minor.patch
    uuid           TEXT   NOT NULL UNIQUE,    -- UUIDv7; its own files are in data/<uuid>
    state          TEXT   NOT NULL,           -- COMPLETE or DROPPED
    row_count      BIGINT NOT NULL,
    byte_size      BIGINT NOT NULL,           -- of all its files, shared ones included
    file_count     BIGINT NOT NULL,
    author         TEXT   NOT NULL,
    client         TEXT,                      -- kind of program: shell, jdbc, java, ...
    created_at     BIGINT NOT NULL,           -- when it became visible; increases with the number
    started_at     BIGINT NOT NULL,           -- when its statement began
    duration_ms    BIGINT NOT NULL,           -- from the statement's begin to its last file
    statement      TEXT,                      -- verbatim
    script_id      BIGINT REFERENCES scripts,
    script_name    TEXT,
    job_id         TEXT,                      -- jobs.job_id
    content_hash   TEXT,                      -- of the rows; NULL if not known
    engine_version TEXT   NOT NULL,
    dropped_at     BIGINT,
    purged_at      BIGINT,                    -- when its files were given up for removal
    UNIQUE (dataset_id, number)
);
CREATE INDEX versions_by_time ON versions (created_at);
CREATE INDEX versions_by_job ON versions (job_id);

-- Columns of a version, with statistics over all its files.
CREATE TABLE version_columns (
    version_id        BIGINT  NOT NULL REFERENCES versions,
    ordinal           INTEGER NOT NULL,       -- from 1
    name              TEXT    NOT NULL,
    name_key          TEXT    NOT NULL,
    data_type         TEXT    NOT NULL,       -- SQL type; fields of a ROW are quoted where needed and say NOT NULL
    nullable          BOOLEAN NOT NULL,
    null_count        BIGINT,                 -- NULL: not known
    min_value         TEXT,                   -- lower bound as text: numbers plain, times as in SQL literals, bytes hexadecimal
    max_value         TEXT,                   -- upper bound, likewise
    distinct_estimate BIGINT,
    PRIMARY KEY (version_id, ordinal)
);
CREATE INDEX version_columns_by_name ON version_columns (name_key);

-- COMMENT ON COLUMN: belongs to all versions that have such a column.
CREATE TABLE column_comments (
    dataset_id BIGINT NOT NULL REFERENCES datasets,
    name_key   TEXT   NOT NULL,               -- the column's name in lower case
    comment    TEXT   NOT NULL,
    PRIMARY KEY (dataset_id, name_key)
);

-- Parquet files. A file may belong to several versions.
CREATE TABLE data_files (
    file_id    ${identity},
    path       TEXT   NOT NULL UNIQUE,        -- relative to the warehouse, with forward slashes
    row_count  BIGINT NOT NULL,
    byte_size  BIGINT NOT NULL,
    checksum   TEXT   NOT NULL,               -- SHA-256, lower-case hexadecimal
    statistics TEXT   NOT NULL                -- text list of null count, distinct estimate (-1: not known), min, max (empty: not
                                              -- known, else = and the value as in version_columns), then the leaf's path
);

-- Which files make up a version, in row order.
CREATE TABLE version_files (
    version_id BIGINT  NOT NULL REFERENCES versions,
    ordinal    INTEGER NOT NULL,              -- from 1
    file_id    BIGINT  NOT NULL REFERENCES data_files,
    PRIMARY KEY (version_id, ordinal)
);
CREATE INDEX version_files_by_file ON version_files (file_id);

-- What a version was made from.
CREATE TABLE dependencies (
    version_id        BIGINT  NOT NULL REFERENCES versions,
    ordinal           INTEGER NOT NULL,       -- from 1
    kind              TEXT    NOT NULL,       -- DATASET, STORAGE or EXTERNAL
    parent_version_id BIGINT REFERENCES versions,  -- DATASET: the parent; STORAGE: the listing it was read through, if any
    uri               TEXT,                   -- STORAGE and EXTERNAL: where
    PRIMARY KEY (version_id, ordinal)
);
CREATE INDEX dependencies_by_parent ON dependencies (parent_version_id);
CREATE INDEX dependencies_by_uri ON dependencies (uri);

-- Which columns a column was made from.
CREATE TABLE column_lineage (
    version_id        BIGINT  NOT NULL REFERENCES versions,
    ordinal           INTEGER NOT NULL,       -- from 1
    column_name       TEXT    NOT NULL,
    column_key        TEXT    NOT NULL,
    parent_version_id BIGINT REFERENCES versions,  -- NULL: a column of something that is no dataset
    parent_column     TEXT    NOT NULL,
    derivation        TEXT    NOT NULL,       -- IDENTITY, TRANSFORMED or AGGREGATED
    PRIMARY KEY (version_id, ordinal)
);
CREATE INDEX column_lineage_by_parent ON column_lineage (parent_version_id);

-- Parameters a statement used.
CREATE TABLE params (
    version_id  BIGINT  NOT NULL REFERENCES versions,
    ordinal     INTEGER NOT NULL,             -- from 1
    param       TEXT    NOT NULL,
    param_value TEXT,
    origin      TEXT    NOT NULL,             -- SET, DEFAULT or BOUND
    PRIMARY KEY (version_id, ordinal)
);

-- Functions a statement called.
CREATE TABLE function_uses (
    version_id    BIGINT NOT NULL REFERENCES versions,
    function_name TEXT   NOT NULL,
    function_hash TEXT   NOT NULL,            -- of the jar or of the source
    PRIMARY KEY (version_id, function_name, function_hash)
);
CREATE INDEX function_uses_by_name ON function_uses (function_name);

-- Functions of users.
CREATE TABLE functions (
    function_id   ${identity},
    function_name TEXT   NOT NULL,
    name_key      TEXT   NOT NULL,
    signature     TEXT   NOT NULL,            -- parameter types and result type
    kind          TEXT   NOT NULL,            -- SCALAR, AGGREGATE or TABLE
    class_name    TEXT,
    jar_path      TEXT,                       -- where the jar was when the function was created
    jar_sha256    TEXT,
    source        TEXT,                       -- Java source of functions that were given as text
    author        TEXT   NOT NULL,
    created_at    BIGINT NOT NULL,
    UNIQUE (name_key, signature)
);

-- Measurements of a version, recorded after it was deposited; the last value counts.
CREATE TABLE metrics (
    version_id   BIGINT           NOT NULL REFERENCES versions,
    metric       TEXT             NOT NULL,
    metric_value DOUBLE PRECISION NOT NULL,
    author       TEXT             NOT NULL,
    recorded_at  BIGINT           NOT NULL,
    PRIMARY KEY (version_id, metric)
);

-- Datasets that are listings of a folder or bucket.
CREATE TABLE listings (
    dataset_id  BIGINT NOT NULL PRIMARY KEY REFERENCES datasets,
    location    TEXT   NOT NULL UNIQUE,       -- normalised absolute glob
    fingerprint TEXT   NOT NULL,              -- of the files in the latest version
    listed_at   BIGINT NOT NULL               -- when the files were last found to be these
);

-- Deposits under way. The folder data/<uuid> of a draft belongs to it until its lease has run out.
CREATE TABLE drafts (
    uuid        TEXT   NOT NULL PRIMARY KEY,
    dataset     TEXT   NOT NULL,              -- namespace.project.name
    process     TEXT   NOT NULL,              -- process id, for people
    started_at  BIGINT NOT NULL,
    lease_until BIGINT NOT NULL               -- renewed while the process lives
);

-- Executions that deposit.
CREATE TABLE jobs (
    job_id        TEXT   NOT NULL PRIMARY KEY, -- UUIDv7
    statement     TEXT,
    author        TEXT   NOT NULL,
    client        TEXT,
    state         TEXT   NOT NULL,            -- RUNNING, COMPLETE, FAILED or CANCELLED
    rows_done     BIGINT NOT NULL,
    rows_total    BIGINT,                     -- NULL: not known
    error_code    TEXT,                       -- SQLSTATE
    error_message TEXT,
    started_at    BIGINT NOT NULL,
    finished_at   BIGINT,
    lease_until   BIGINT NOT NULL             -- renewed while the process lives; a RUNNING job beyond it has failed
);
CREATE INDEX jobs_by_state ON jobs (state, lease_until);
CREATE INDEX jobs_by_time ON jobs (started_at);

-- Recent queries; the oldest go.
CREATE TABLE queries (
    query_id      TEXT   NOT NULL PRIMARY KEY, -- UUIDv7
    statement     TEXT   NOT NULL,
    author        TEXT   NOT NULL,
    started_at    BIGINT NOT NULL,
    duration_ms   BIGINT NOT NULL,
    row_count     BIGINT NOT NULL,
    inputs        TEXT   NOT NULL,            -- text list of namespace.project.name@version and URIs
    state         TEXT   NOT NULL,            -- COMPLETE, FAILED or CANCELLED
    error_message TEXT
);
CREATE INDEX queries_by_time ON queries (started_at);

-- Files and folders that no version needs any more and that are still to be deleted.
CREATE TABLE removals (
    path         TEXT   NOT NULL PRIMARY KEY, -- relative to the warehouse; a folder or a file
    requested_at BIGINT NOT NULL
);

-- What every warehouse holds from the start: the default project, and the one for listings.
INSERT INTO namespaces (namespace_id, name, name_key, created_at) VALUES (1, 'main', 'main', ${now});
INSERT INTO namespaces (namespace_id, name, name_key, created_at) VALUES (2, 'system', 'system', ${now});
INSERT INTO projects (project_id, namespace_id, name, name_key, created_at) VALUES (1, 1, 'public', 'public', ${now});
INSERT INTO projects (project_id, namespace_id, name, name_key, created_at) VALUES (2, 2, 'listing', 'listing', ${now});
