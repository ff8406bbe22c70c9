// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.join;

/**
 * The place in a plan of a filter that only exists while the plan runs: a join makes a {@link KeyFilter} of its keys, scans
 * below its other side leave out what does not pass. Has no state, is known by its identity.
 */
public final class FilterSlot {}
