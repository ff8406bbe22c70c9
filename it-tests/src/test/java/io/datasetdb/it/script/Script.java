// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.script;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A script and what it is expected to print. Lines that begin with {@code #} are remarks; a statement ends with a line that
 * ends in {@code ;}; below it stand the expected lines: {@code > } and the header or a row, cells separated by {@code | };
 * {@code ! } and an error's SQLSTATE and sentence. {@code ${name}} in a statement is replaced by a variable's value, and
 * the value in a result by {@code ${name}}.
 */
final class Script {
    /** Remarks before the statement, the statement, and the lines expected below it. */
    record Step(List<String> remarks, String sql, List<String> expected) {}

    private final List<Step> steps = new ArrayList<>();
    private final List<String> tail = new ArrayList<>();

    static Script read(Path file) throws IOException {
        Script script = new Script();
        List<String> remarks = new ArrayList<>();
        List<String> sql = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            boolean result = line.startsWith("> ") || line.equals(">") || line.startsWith("! ");
            if (sql.isEmpty() && result) {
                script.steps.get(script.steps.size() - 1).expected().add(line);
            } else if (sql.isEmpty() && (line.isBlank() || line.startsWith("#"))) {
                remarks.add(line);
            } else {
                sql.add(line);
                if (line.endsWith(";")) {
                    script.steps.add(new Step(remarks, String.join("\n", sql), new ArrayList<>()));
                    remarks = new ArrayList<>();
                    sql = new ArrayList<>();
                }
            }
        }
        if (!sql.isEmpty()) {
            throw new IOException(file + ": the last statement does not end in ;");
        }
        script.tail.addAll(remarks);
        return script;
    }

    List<Step> steps() {
        return steps;
    }

    /** The text of the file with other results. */
    String with(List<List<String>> results) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < steps.size(); i++) {
            steps.get(i).remarks().forEach(line -> text.append(line).append('\n'));
            text.append(steps.get(i).sql()).append('\n');
            results.get(i).forEach(line -> text.append(line).append('\n'));
        }
        tail.forEach(line -> text.append(line).append('\n'));
        return text.toString();
    }
}
