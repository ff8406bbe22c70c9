// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datasetdb.DatasetDb;
import io.datasetdb.error.DatasetDbException;
import io.datasetdb.registry.Garbage;
import io.datasetdb.registry.GarbageCollection;
import io.datasetdb.registry.Progress;
import io.datasetdb.registry.Registry;
import io.datasetdb.registry.RegistryError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A deposit whose process was not heard of for longer than its lease, so that another one cleaned up after it. */
class SuspendedDepositTest {
    private static final int ROWS = 400_000;

    @TempDir
    Path folder;

    record Point(int x) {}

    /** In the middle of a file, and at its end. */
    @ParameterizedTest
    @ValueSource(ints = {ROWS / 2, ROWS - 1})
    void depositWhoseFilesWereCollectedFailsInOneSentence(int suspended) throws IOException {
        try (DatasetDb db = DatasetDb.open(folder)) {
            db.deposit("x", Stream.of(new Point(1)));
            Stream<Point> points = IntStream.range(0, ROWS)
                    .peek(i -> {
                        if (i == suspended) {
                            collectAsAnother();
                        }
                    })
                    .mapToObj(Point::new);
            assertThatThrownBy(() -> db.deposit("x", points))
                    .isInstanceOfSatisfying(
                            DatasetDbException.class, e -> assertThat(e.code()).isEqualTo(RegistryError.DRAFT_GONE))
                    .hasMessage("Cannot deposit dataset: its draft was given up because its lease had run out"
                            + " (main.public.x)");
            assertThat(db.read("x", Point.class)).containsExactly(new Point(1));
            try (Stream<Path> folders = Files.list(folder.resolve("data"))) {
                assertThat(folders).as("folders, one a version").hasSize(1);
            }
            assertThat(db.deposit("x", Stream.of(new Point(2))).version()).isEqualTo("1.0.1");
        }
    }

    @Test
    void depositThatNobodyCleanedUpAfterGoesOn() {
        try (DatasetDb db = DatasetDb.open(folder)) {
            Stream<Point> points = IntStream.range(0, ROWS)
                    .peek(i -> {
                        if (i == ROWS - 1) {
                            age();
                        }
                    })
                    .mapToObj(Point::new);
            assertThat(db.deposit("x", points).version()).isEqualTo("1.0.0");
        }
    }

    private void age() {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("registry.db"));
                Statement statement = connection.createStatement()) {
            assertThat(statement.executeUpdate("UPDATE drafts SET lease_until = 1"))
                    .isEqualTo(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private void collectAsAnother() {
        age();
        try (Registry another = Registry.open(folder)) {
            List<Garbage> gone = new GarbageCollection(another, GarbageCollection.KEEP).collect(Progress.NONE);
            assertThat(gone).extracting(Garbage::kind).containsExactly(Garbage.Kind.ORPHAN);
        }
    }
}
