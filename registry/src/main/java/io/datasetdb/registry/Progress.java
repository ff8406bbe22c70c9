// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

/** Hears how far long work is. Called often and by the thread that works. */
@FunctionalInterface
public interface Progress {
    /** Nobody listens. */
    Progress NONE = (done, total) -> {};

    /** {@code done} of {@code total}, in the unit that the work says. */
    void at(long done, long total);
}
