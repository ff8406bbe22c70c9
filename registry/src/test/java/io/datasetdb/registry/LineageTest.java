// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import static io.datasetdb.registry.Deposits.deposit;
import static io.datasetdb.registry.Deposits.derive;
import static io.datasetdb.registry.Deposits.provenance;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineageTest {
    @TempDir
    private Path folder;

    private Registry registry;

    @BeforeEach
    void open() {
        registry = Registry.open(folder);
    }

    @AfterEach
    void close() {
        registry.close();
    }

    private List<String> walk(DatasetVersion start, Direction direction, int depth) {
        return registry.lineage(start, direction, depth).stream()
                .map(row -> row.depth() + " "
                        + (row.node() == null
                                ? ""
                                : row.node().name().name() + "@" + row.node().version() + " ") + row.kind()
                        + (row.uri() == null ? "" : " " + row.uri()) + " via "
                        + Objects.requireNonNull(row.via()).name().name())
                .toList();
    }

    @Test
    void diamondsShowEachEdgeOnce() {
        DatasetVersion root = deposit(registry, "root");
        DatasetVersion left = derive(registry, "left", root);
        DatasetVersion right = derive(registry, "right", root, left);
        DatasetVersion top = derive(registry, "top", left, right, left);

        assertThat(walk(top, Direction.UP, 10))
                .containsExactly(
                        "1 left@1.0.0 DATASET via top",
                        "1 right@1.0.0 DATASET via top",
                        "2 root@1.0.0 DATASET via left",
                        "2 root@1.0.0 DATASET via right",
                        "2 left@1.0.0 DATASET via right");
        assertThat(walk(top, Direction.UP, 1)).hasSize(2);
        assertThat(walk(root, Direction.DOWN, 10))
                .containsExactly(
                        "1 left@1.0.0 DATASET via root",
                        "1 right@1.0.0 DATASET via root",
                        "2 right@1.0.0 DATASET via left",
                        "2 top@1.0.0 DATASET via left",
                        "2 top@1.0.0 DATASET via right");
        assertThat(walk(top, Direction.DOWN, 10)).isEmpty();
    }

    @Test
    void versionsOfOneDatasetAreNodesOfTheirOwn() {
        DatasetVersion first = deposit(registry, "x");
        derive(registry, "y", first);
        derive(registry, "x", first);

        assertThat(walk(first, Direction.DOWN, 5))
                .containsExactly("1 x@1.0.1 DATASET via x", "1 y@1.0.0 DATASET via x");
    }

    @Test
    void storageIsAnEndAndNamesItsListing() {
        DatasetVersion listing =
                deposit(registry, DraftRequest.listing("file:///d/*", "f", Deposits.SCHEMA), 1, provenance(null));
        DatasetVersion x = deposit(
                registry,
                DraftRequest.create(DatasetName.of("x"), Deposits.SCHEMA),
                1,
                provenance(null)
                        .withDependencies(List.of(
                                new Dependency.OnStorage("file:///d/*", listing.ref()),
                                new Dependency.OnExternal("jdbc:y"))));

        assertThat(walk(x, Direction.UP, 5))
                .containsExactly("1 file:///d/*@1.0.0 STORAGE file:///d/* via x", "1 EXTERNAL jdbc:y via x");
        assertThat(walk(listing, Direction.DOWN, 5)).containsExactly("1 x@1.0.0 DATASET via file:///d/*");
    }

    @Test
    void droppedVersionsStayInTheGraph() {
        DatasetVersion root = deposit(registry, "root");
        DatasetVersion middle = derive(registry, "middle", root);
        DatasetVersion top = derive(registry, "top", middle);
        registry.drop(middle.name(), Optional.empty(), DropMode.PURGE);

        assertThat(walk(top, Direction.UP, 5))
                .containsExactly("1 middle@1.0.0 DATASET via top", "2 root@1.0.0 DATASET via middle");
    }

    @Test
    void wideStepsAreWalkedInFull() {
        DatasetVersion root = deposit(registry, "root");
        int children = 510;
        DatasetVersion last = root;
        for (int i = 0; i < children; i++) {
            last = derive(registry, "child", root);
        }
        derive(registry, "leaf", last);

        assertThat(registry.lineage(root, Direction.DOWN, 2)).hasSize(children + 1);
    }
}
