-- SPDX-License-Identifier: Apache-2.0
-- Conventions as in V1.

-- What a version's statement leaves open, so that it can be run again. Versions that older releases made have none.
CREATE TABLE recipes (
    version_id BIGINT NOT NULL PRIMARY KEY REFERENCES versions,
    namespace  TEXT   NOT NULL,               -- the session's default for names
    project    TEXT   NOT NULL,               -- likewise
    user_name  TEXT   NOT NULL                -- what CURRENT_USER was
);

-- What the names in a version's statement meant.
CREATE TABLE recipe_inputs (
    version_id       BIGINT  NOT NULL REFERENCES versions,
    ordinal          INTEGER NOT NULL,        -- from 1
    name             TEXT    NOT NULL,        -- namespace.project.name[@…] in lower case, or the call of a table function
    input_version_id BIGINT REFERENCES versions,  -- what was read; of a listing the version that keeps it
    definition       TEXT,                    -- the query of a view
    fingerprint      TEXT,                    -- of files that were read and that no listing keeps
    files            TEXT    NOT NULL,        -- text list of URI, size, entity tag of these files, unless they are too many
    PRIMARY KEY (version_id, ordinal)
);
