// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Asks our engine and another one the same questions, alternating in one process, and prints a line each: median and
 * minimum of both in milliseconds, the ratio of the medians (below 1 we are faster), whether the answers differ. Closing it
 * prints the geometric mean of the ratios and the memory.
 */
public final class Contest implements AutoCloseable {
    private final int rounds;
    private final HeapWatch heap = new HeapWatch();
    private double logs;
    private int questions;

    /**
     * @param title what is measured
     * @param opponent the other engine's name
     * @param rounds how often each question is asked
     */
    public Contest(String title, String opponent, int rounds) {
        this.rounds = rounds;
        System.out.printf("BENCH %s, %d rounds, ms; %s%n", title, rounds, machine());
        System.out.printf("BENCH %-28s %9s %9s %9s %9s %7s%n", "query", "ours", "min", opponent, "min", "ratio");
    }

    /** One engine's answer, as text that can be compared. */
    @FunctionalInterface
    public interface Answer {
        List<String> get() throws SQLException;
    }

    /** Asks both. */
    public void ask(String name, Answer ours, Answer theirs) throws SQLException {
        ask(name, ours, theirs, 1);
    }

    /**
     * Asks both, of which the other has fewer rows to look at.
     *
     * @param factor by how much; its times are multiplied by it, and the answers are not compared unless it is 1
     */
    public void ask(String name, Answer ours, Answer theirs, double factor) throws SQLException {
        double[] mine = new double[rounds];
        double[] others = new double[rounds];
        boolean same = true;
        for (int round = 0; round < rounds; round++) {
            long start = System.nanoTime();
            List<String> answer = ours.get();
            long middle = System.nanoTime();
            List<String> expected = theirs.get();
            mine[round] = (middle - start) / 1e6;
            others[round] = (System.nanoTime() - middle) / 1e6 * factor;
            same &= factor != 1 || answer.equals(expected);
        }
        Arrays.sort(mine);
        Arrays.sort(others);
        double ratio = mine[rounds / 2] / others[rounds / 2];
        logs += Math.log(ratio);
        questions++;
        System.out.printf(
                Locale.ROOT,
                "BENCH %-28s %9.1f %9.1f %9.1f %9.1f %7.2f %s%n",
                name,
                mine[rounds / 2],
                mine[0],
                others[rounds / 2],
                others[0],
                ratio,
                same ? "" : "DIFFERENT");
    }

    @Override
    public void close() {
        System.out.printf(
                Locale.ROOT,
                "BENCH geometric mean of %d ratios: %.2f; %s%n",
                questions,
                Math.exp(logs / Math.max(1, questions)),
                heap.text());
        heap.close();
    }

    private static String machine() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.availableProcessors() + " x " + processor() + ", "
                + System.getProperty("os.name") + " " + System.getProperty("os.version") + ", Java "
                + System.getProperty("java.version") + ", heap of " + (runtime.maxMemory() >> 20) + " MiB";
    }

    private static String processor() {
        Path facts = Path.of("/proc/cpuinfo");
        if (Files.isReadable(facts)) {
            try {
                return Files.readAllLines(facts).stream()
                        .filter(line -> line.startsWith("model name"))
                        .map(line -> line.substring(line.indexOf(':') + 1).strip())
                        .findFirst()
                        .orElse(System.getProperty("os.arch"));
            } catch (IOException e) {
                return System.getProperty("os.arch");
            }
        }
        return System.getProperty("os.arch");
    }
}
