// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import io.datasetdb.error.DatasetDbException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads version selectors. Ranges follow Python's PEP 440 as far as it concerns three numbers; {@code ^} is
 * that of npm. */
final class VersionRanges {
    private static final long END = SemanticVersion.MAX_PART * 1_000_000_000_000L + 1_000_000_000_000L;
    private static final List<String> OPERATORS = List.of(">=", "<=", "==", "!=", "~=", ">", "<", "^");

    private final String text;

    private VersionRanges(String text) {
        this.text = text;
    }

    static VersionSelector parse(String text) {
        return new VersionRanges(text).selector();
    }

    private VersionSelector selector() {
        String trimmed = text.strip();
        if (!trimmed.isEmpty() && "<>=!~^".indexOf(trimmed.charAt(0)) >= 0) {
            var clauses = new ArrayList<VersionSelector.Clause>();
            for (String clause : trimmed.split(",", -1)) {
                clauses.add(clause(clause.strip()));
            }
            return new VersionSelector.Range(trimmed, clauses);
        }
        int[] parts = parts(trimmed.startsWith("v") || trimmed.startsWith("V") ? trimmed.substring(1) : trimmed);
        if (parts.length == 3) {
            return new VersionSelector.Exact(new SemanticVersion(parts[0], parts[1], parts[2]));
        }
        return new VersionSelector.Range(trimmed, List.of(prefix(parts, false)));
    }

    private VersionSelector.Clause clause(String clause) {
        String operator =
                OPERATORS.stream().filter(clause::startsWith).findFirst().orElseThrow(this::invalid);
        String operand = clause.substring(operator.length()).strip();
        boolean star = operand.endsWith(".*");
        if (star && !operator.equals("==") && !operator.equals("!=")) {
            throw invalid();
        }
        int[] parts = parts(star ? operand.substring(0, operand.length() - 2) : operand);
        if (star && parts.length == 3) {
            throw invalid();
        }
        long number = number(parts);
        return switch (operator) {
            case ">=" -> new VersionSelector.Clause(number, END, false);
            case ">" -> new VersionSelector.Clause(number + 1, END, false);
            case "<=" -> new VersionSelector.Clause(0, number + 1, false);
            case "<" -> new VersionSelector.Clause(0, number, false);
            case "~=" -> compatible(parts);
            case "^" -> sameLeading(parts);
            case "==", "!=" -> {
                boolean negated = operator.equals("!=");
                yield star ? prefix(parts, negated) : new VersionSelector.Clause(number, number + 1, negated);
            }
            default -> throw invalid();
        };
    }

    /** {@code ~=1.4.2}: at least that, and all parts but the last the same. */
    private VersionSelector.Clause compatible(int[] parts) {
        if (parts.length < 2) {
            throw invalid();
        }
        int[] shorter = Arrays.copyOf(parts, parts.length - 1);
        return new VersionSelector.Clause(number(parts), prefix(shorter, false).high(), false);
    }

    /** {@code ^1.4.2}: at least that, and the first part that is not 0 the same, or the last if all are. */
    private static VersionSelector.Clause sameLeading(int[] parts) {
        int leading = 1;
        while (leading < parts.length && parts[leading - 1] == 0) {
            leading++;
        }
        return new VersionSelector.Clause(
                number(parts), prefix(Arrays.copyOf(parts, leading), false).high(), false);
    }

    private static VersionSelector.Clause prefix(int[] parts, boolean negated) {
        long width = switch (parts.length) {
            case 1 -> 1_000_000_000_000L;
            case 2 -> 1_000_000L;
            default -> 1L;
        };
        long low = number(parts);
        return new VersionSelector.Clause(low, low + width, negated);
    }

    private static long number(int[] parts) {
        return new SemanticVersion(parts[0], parts.length > 1 ? parts[1] : 0, parts.length > 2 ? parts[2] : 0).number();
    }

    private int[] parts(String dotted) {
        String[] texts = dotted.split("\\.", -1);
        if (texts.length > 3) {
            throw invalid();
        }
        var parts = new int[texts.length];
        for (int i = 0; i < texts.length; i++) {
            parts[i] = SemanticVersion.part(texts[i]);
            if (parts[i] < 0) {
                throw invalid();
            }
        }
        return parts;
    }

    private DatasetDbException invalid() {
        return new DatasetDbException(
                RegistryError.INVALID_VERSION,
                "Cannot read version: it must be like 1.2.3, 1.4, 2 or >=1.0,<2.0 (" + text + ")");
    }
}
