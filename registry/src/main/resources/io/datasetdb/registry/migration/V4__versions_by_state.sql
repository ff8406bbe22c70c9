-- SPDX-License-Identifier: Apache-2.0
-- Counts the versions of a dataset that can be read without looking at each of them.
CREATE INDEX versions_by_state ON versions (dataset_id, state);
