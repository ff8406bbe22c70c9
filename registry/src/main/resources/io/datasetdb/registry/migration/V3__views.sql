-- SPDX-License-Identifier: Apache-2.0
-- Conventions as in V1.

-- Named queries. They share the names of datasets: of one name there is a view or a dataset that can be read.
CREATE TABLE views (
    view_id           ${identity},
    project_id        BIGINT NOT NULL REFERENCES projects,
    name              TEXT   NOT NULL,
    name_key          TEXT   NOT NULL,
    comment           TEXT,
    columns           TEXT   NOT NULL,        -- text list of the columns' names as given; empty: those of the query
    query             TEXT   NOT NULL,        -- what followed AS
    default_namespace TEXT   NOT NULL,        -- where the query's unqualified names lead
    default_project   TEXT   NOT NULL,
    statement         TEXT   NOT NULL,        -- verbatim
    author            TEXT   NOT NULL,
    created_at        BIGINT NOT NULL,
    UNIQUE (project_id, name_key)
);
CREATE INDEX views_by_name ON views (name_key);
