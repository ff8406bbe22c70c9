// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.fault;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what strace says about a depositing process, line by line, and keeps what would be lost if the power went: entries
 * of folders that were not synced since, and files that were not synced since they were written to.
 */
final class SyncOrder {
    private static final Pattern CALL = Pattern.compile("^(\\d+) +(\\w+)\\((.*)$");
    private static final Pattern RESUMED = Pattern.compile("^(\\d+) +<\\.\\.\\. (\\w+) resumed>(.*)$");
    private static final Pattern OPEN_FILE = Pattern.compile("^\\d+<([^>]*)>");
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");

    private final String warehouse;
    private final String log;
    private final Map<String, String> unfinished = new HashMap<>();

    /** Path to the number of the call that created its entry or last wrote to it. */
    private final Map<String, Integer> entries = new HashMap<>();

    private final Map<String, Integer> bytes = new HashMap<>();
    private final Map<String, Integer> syncStarts = new HashMap<>();
    private final Set<String> folders = new HashSet<>();
    private final List<String> violations = new ArrayList<>();
    private int call;
    private int lastDataSync;
    private int lastLogSync;
    private int answers;

    SyncOrder(Path warehouse) {
        this.warehouse = warehouse.toString();
        this.log = warehouse.resolve("registry.db-wal").toString();
    }

    int answers() {
        return answers;
    }

    int foldersOfDeposits() {
        return folders.size();
    }

    List<String> violations() {
        return violations;
    }

    void take(String line) {
        call++;
        Matcher started = CALL.matcher(line);
        Matcher resumed = RESUMED.matcher(line);
        if (started.matches()) {
            String rest = started.group(3);
            boolean complete = !rest.endsWith("<unfinished ...>");
            begin(started.group(2), rest);
            if (complete) {
                end(started.group(2), rest);
            } else {
                unfinished.put(started.group(1), rest);
            }
        } else if (resumed.matches()) {
            end(resumed.group(2), unfinished.remove(resumed.group(1)) + resumed.group(3));
        }
    }

    /** A sync covers what was written before it began; a write may have happened as soon as it began. */
    private void begin(String name, String arguments) {
        String path = openFile(arguments);
        if (name.endsWith("sync")) {
            syncStarts.put(path, call);
        } else if (name.endsWith("write") || name.equals("pwrite64")) {
            if (arguments.contains("\"ACK ")) {
                answer();
            } else if (path.startsWith(warehouse)) {
                bytes.put(path, call);
            }
        }
    }

    private void end(String name, String line) {
        if (line.matches(".*= -1 .*")) {
            return;
        }
        if (name.equals("mkdir") || (name.equals("openat") && line.contains("O_CREAT"))) {
            create(name, line);
        } else if (name.endsWith("sync")) {
            synced(openFile(line));
        }
    }

    private void create(String name, String line) {
        Matcher quoted = QUOTED.matcher(line);
        if (!quoted.find()) {
            return;
        }
        String path = quoted.group(1);
        boolean above = name.equals("mkdir") && warehouse.startsWith(path + "/");
        if (above || path.startsWith(warehouse)) {
            // Opening what is there already is no new entry; the log's index and the empty file that is only ever
            // locked need
            // not survive.
            if (!path.endsWith("-shm") && !path.endsWith("/READERS")) {
                entries.putIfAbsent(path, call);
            }
            if (name.equals("mkdir") && Path.of(path).getParent().endsWith("data")) {
                folders.add(path);
            }
        }
    }

    private void synced(String path) {
        int start = syncStarts.getOrDefault(path, 0);
        entries.replaceAll((entry, created) ->
                created < start && String.valueOf(Path.of(entry).getParent()).equals(path) ? -1 : created);
        bytes.computeIfPresent(path, (file, written) -> written < start ? null : written);
        if (path.equals(log)) {
            lastLogSync = start;
        } else if (path.startsWith(warehouse + "/data")) {
            lastDataSync = call;
        }
    }

    /** The process says that a deposit is done. */
    private void answer() {
        answers++;
        entries.forEach((path, created) -> {
            if (created >= 0 && !path.endsWith("-journal")) {
                violations.add("answer " + answers + ": the folder of " + path + " was not synced");
            }
        });
        bytes.keySet().stream()
                .filter(path -> path.startsWith(warehouse + "/data") || path.endsWith("WAREHOUSE"))
                .forEach(path -> violations.add("answer " + answers + ": " + path + " was not synced"));
        if (lastLogSync < lastDataSync) {
            violations.add("answer " + answers + ": the registry was not synced after the files");
        }
    }

    private static String openFile(String arguments) {
        Matcher matcher = OPEN_FILE.matcher(arguments);
        return matcher.find() ? matcher.group(1) : "";
    }
}
