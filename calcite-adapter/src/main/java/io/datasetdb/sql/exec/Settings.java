// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import java.util.Set;

/**
 * How the statements of a session are planned and run. None of it changes what they answer.
 *
 * @param threads how many threads one run may use at once, at least 1; there are never more than the process has processors
 * @param memoryLimit bytes that the operators of one run may keep on the heap together
 * @param disabled what is switched off
 */
public record Settings(int threads, long memoryLimit, Set<Optimization> disabled) {
    /** Makes the set immutable. */
    public Settings {
        disabled = Set.copyOf(disabled);
    }

    /** What fits this machine and process: all processors, most of the heap, every optimization. */
    public static Settings ofMachine() {
        return new Settings(Runtime.getRuntime().availableProcessors(), MemoryBudget.shareOfHeap(), Set.of());
    }

    /** Whether an optimization is on. */
    public boolean uses(Optimization optimization) {
        return !disabled.contains(optimization);
    }

    /** The same with another number of threads. */
    public Settings withThreads(int newThreads) {
        return new Settings(newThreads, memoryLimit, disabled);
    }

    /** The same with another limit. */
    public Settings withMemoryLimit(long newLimit) {
        return new Settings(threads, newLimit, disabled);
    }

    /** The same with just these optimizations switched off. */
    public Settings withDisabled(Set<Optimization> newDisabled) {
        return new Settings(threads, memoryLimit, newDisabled);
    }
}
