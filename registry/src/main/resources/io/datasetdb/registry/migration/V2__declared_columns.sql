-- SPDX-License-Identifier: Apache-2.0
-- A column that was declared NOT NULL refuses NULLs in all later versions that change this one. One that merely holds none,
-- because the query that made it yields none, allows them: version_columns.nullable says what the version at hand holds.
ALTER TABLE version_columns ADD COLUMN declared_not_null BOOLEAN NOT NULL DEFAULT FALSE;
