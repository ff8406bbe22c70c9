// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.cli;

import java.io.PrintStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The edges of a lineage as a tree for people: what is met again is said again, but not what is behind it. */
final class LineageTree {
    private record Node(String name, boolean version) {}

    private record Line(Node node, String first, String rest) {}

    private final Map<String, List<Node>> children = new HashMap<>();
    private final Set<String> dropped;

    /**
     * @param edges rows of {@link Catalog#LINEAGE}
     * @param dropped versions that are tombstones
     */
    LineageTree(List<? extends List<? extends @Nullable Object>> edges, Set<String> dropped) {
        this.dropped = dropped;
        for (List<? extends @Nullable Object> edge : edges) {
            boolean version = edge.get(3) != null && edge.get(6) == null;
            String name = version
                    ? edge.get(1) + "." + edge.get(2) + "." + edge.get(3) + "@" + edge.get(4)
                    : String.valueOf(edge.get(6));
            children.computeIfAbsent(String.valueOf(edge.get(7)), via -> new ArrayList<>())
                    .add(new Node(name, version));
        }
    }

    void write(String start, PrintStream out) {
        Deque<Line> open = new ArrayDeque<>();
        open.push(new Line(new Node(start, true), "", ""));
        Set<String> seen = new HashSet<>();
        while (!open.isEmpty()) {
            Line line = open.pop();
            List<Node> below = line.node.version ? children.getOrDefault(line.node.name, List.of()) : List.of();
            boolean again = !seen.add(line.node.name) && !below.isEmpty();
            out.println(line.first
                    + TableWriter.visible(line.node.name)
                    + (dropped.contains(line.node.name) ? " (dropped)" : "")
                    + (again ? " (see above)" : ""));
            for (int i = below.size() - 1; i >= 0 && !again; i--) {
                boolean last = i == below.size() - 1;
                open.push(
                        new Line(below.get(i), line.rest + (last ? "└─ " : "├─ "), line.rest + (last ? "   " : "│  ")));
            }
        }
    }
}
