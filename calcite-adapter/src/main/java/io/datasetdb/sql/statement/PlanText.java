// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.sql.ByteSize;
import io.datasetdb.sql.exec.MeasuredFactory;
import io.datasetdb.sql.exec.Run;
import io.datasetdb.sql.exec.ScanOperator;
import io.datasetdb.sql.exec.StepProfile;
import io.datasetdb.sql.exec.nearest.NearestScan;
import io.datasetdb.sql.plan.PlanStep;
import io.datasetdb.store.ScanCounters;
import io.datasetdb.store.ScanCounters.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The tree of a plan as lines of at most {@value #WIDTH} characters: a line a step, its rows at the right; of a plan that
 * was run also its time and, in lines of their own, what else is worth knowing of it.
 */
final class PlanText {
    private static final int WIDTH = 116;

    /** A line: what stands left, and the columns at the right. */
    private record Line(String left, List<String> right) {}

    private final List<Line> lines = new ArrayList<>();
    private final @Nullable Run run;

    private PlanText(@Nullable Run run) {
        this.run = run;
    }

    /** The lines of a plan with the rows that are expected. */
    static List<String> of(PlanStep root) {
        return new PlanText(null).text(root, List.of("estimated rows"));
    }

    /** The lines of a plan that was run, with what came of it. */
    static List<String> of(PlanStep root, Run run) {
        return new PlanText(run).text(root, List.of("estimated", "rows", "time"));
    }

    private List<String> text(PlanStep root, List<String> titles) {
        lines.add(new Line("", titles));
        add(root, "", "");
        int[] widths = new int[titles.size()];
        for (Line line : lines) {
            for (int i = 0; i < line.right().size(); i++) {
                widths[i] = Math.max(widths[i], line.right().get(i).length() + 2);
            }
        }
        int right = 0;
        for (int width : widths) {
            right += width;
        }
        int longest =
                lines.stream().mapToInt(line -> line.left().length()).max().orElse(0);
        int left = Math.min(longest, WIDTH - right);
        return lines.stream().map(line -> line(line, left, widths)).toList();
    }

    private static String line(Line line, int left, int[] widths) {
        int room = line.right().isEmpty() ? WIDTH : left;
        String text = line.left().length() <= room ? line.left() : line.left().substring(0, room - 1) + "…";
        StringBuilder result = new StringBuilder(text);
        if (!line.right().isEmpty()) {
            result.append(" ".repeat(left - text.length()));
            for (int i = 0; i < widths.length; i++) {
                String cell = line.right().get(i);
                result.append(" ".repeat(widths[i] - cell.length())).append(cell);
            }
        }
        return result.toString().stripTrailing();
    }

    private void add(PlanStep step, String first, String rest) {
        String name = step.detail().isEmpty() ? step.title() : step.title() + ": " + step.detail();
        List<String> right = new ArrayList<>(List.of(count(Math.round(step.estimatedRows()))));
        List<String> notes = new ArrayList<>();
        MeasuredFactory measured = step.measured();
        if (run != null && measured != null) {
            StepProfile profile = measured.profile(run);
            right.add(count(profile.rows()));
            right.add(milliseconds(profile.nanos()));
            notes.addAll(notes(measured, profile, run));
        } else if (run != null) {
            right.addAll(List.of("", ""));
        }
        lines.add(new Line(first + name, right));
        String bar = step.inputs().isEmpty() ? "    " : "│   ";
        notes.forEach(note -> lines.add(new Line(rest + bar + note, List.of())));
        for (int i = 0; i < step.inputs().size(); i++) {
            boolean last = i == step.inputs().size() - 1;
            add(step.inputs().get(i), rest + (last ? "└─ " : "├─ "), rest + (last ? "   " : "│  "));
        }
    }

    private static List<String> notes(MeasuredFactory measured, StepProfile profile, Run run) {
        List<String> notes = new ArrayList<>();
        if (measured.step() instanceof ScanOperator.Factory scan) {
            notes.add(scan(scan.counters(run)));
        }
        if (measured.step() instanceof NearestScan nearest) {
            NearestScan.Reading reading = nearest.reading(run);
            notes.add(scan(reading.rows().counters(run)));
            if (reading.compared() >= 0) {
                notes.add("compared " + count(reading.compared()) + " vectors of indexes");
            }
        }
        if (profile.peakBytes() > 0) {
            String spilled = profile.spilledBytes() == 0
                    ? ""
                    : ", wrote " + ByteSize.text(profile.spilledBytes()) + " to temporary files";
            notes.add("kept " + ByteSize.text(profile.peakBytes()) + spilled);
        }
        return notes;
    }

    private static String scan(ScanCounters counters) {
        List<String> parts = new ArrayList<>();
        parts.add("read " + ByteSize.text(counters.get(Figure.BYTES_READ)));
        parts.add(of("row groups", counters.get(Figure.SPLITS_READ), counters.get(Figure.SPLITS_PRUNED)));
        parts.add(of("pages", counters.get(Figure.PAGES_READ), counters.get(Figure.PAGES_SKIPPED)));
        if (counters.get(Figure.CHUNKS_CACHED) > 0) {
            parts.add(of("cached chunks", counters.get(Figure.CHUNKS_CACHED), counters.get(Figure.CHUNKS_READ)));
        }
        if (counters.get(Figure.ROWS_DROPPED) > 0) {
            parts.add(count(counters.get(Figure.ROWS_DROPPED)) + " of " + count(counters.get(Figure.ROWS_READ))
                    + " rows dropped");
        }
        return String.join(", ", parts);
    }

    private static String of(String what, long part, long rest) {
        return what + " " + count(part) + (rest == 0 ? "" : " of " + count(part + rest));
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    static String milliseconds(long nanos) {
        return String.format(Locale.ROOT, "%,.1f ms", nanos / 1e6);
    }
}
