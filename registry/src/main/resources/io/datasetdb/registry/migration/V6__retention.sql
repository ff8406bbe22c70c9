-- SPDX-License-Identifier: Apache-2.0
-- How many versions of a dataset are kept: a deposit, and gc, drop those beyond, the oldest first. NULL: all.
ALTER TABLE datasets ADD COLUMN retention BIGINT;
