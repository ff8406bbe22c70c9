// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.error.DatasetDbException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Many threads, each pair with an opening of its own as if it were another process, deposit, drop, rename and read the same
 * few names at random. Afterwards what each of them saw is held against what can have been: every step took place at one
 * moment between its begin and its end.
 */
class HistoryTest {
    private static final int OPENINGS = 3;
    private static final int THREADS = 6;
    private static final int STEPS = 40;
    private static final String[] NAMES = {"x", "X", "y"};

    private enum Kind {
        DEPOSITED,
        DROPPED,
        RENAMED,
        READ
    }

    /** What somebody did or saw from {@code start} to {@code end}. */
    private record Event(Kind kind, long start, long end, String version, String uuid) {}

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatEverybodySawIsOneHistory(boolean onlyDeposits) throws Exception {
        long seed = System.nanoTime();
        var openings = new ArrayList<Registry>();
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        var events = new ArrayList<Event>();
        try {
            for (int i = 0; i < OPENINGS; i++) {
                openings.add(Registry.open(folder));
            }
            var tasks = new ArrayList<Callable<List<Event>>>();
            for (int i = 0; i < THREADS; i++) {
                Registry registry = openings.get(i % OPENINGS);
                var random = new Random(seed + i);
                tasks.add(() -> steps(registry, random, onlyDeposits));
            }
            for (Future<List<Event>> result : threads.invokeAll(tasks)) {
                events.addAll(result.get());
            }
            check(openings.get(0), events, "seed " + seed);
        } finally {
            threads.shutdownNow();
            openings.forEach(Registry::close);
        }
    }

    private static List<Event> steps(Registry registry, Random random, boolean onlyDeposits) {
        var events = new ArrayList<Event>();
        for (int i = 0; i < STEPS; i++) {
            DatasetName name = DatasetName.of(NAMES[random.nextInt(NAMES.length)]);
            long start = System.nanoTime();
            try {
                int dice = random.nextInt(20);
                step(registry, onlyDeposits && dice < 2 ? 2 : dice, name, start, events);
            } catch (DatasetDbException e) {
                // The name was dropped or renamed meanwhile, or taken: all that may go wrong here.
                assertThat(e.code())
                        .as(e.getMessage())
                        .isIn(RegistryError.UNDEFINED_DATASET, RegistryError.DUPLICATE_DATASET, RegistryError.CONFLICT);
            }
        }
        return events;
    }

    /** A drop, a rename, nine deposits, nine reads. */
    private static void step(Registry registry, int dice, DatasetName name, long start, List<Event> events) {
        if (dice > 10) {
            DatasetVersion version = Deposits.deposit(registry, name.name());
            events.add(event(Kind.DEPOSITED, start, version.version(), version.uuid()));
        } else if (dice == 0) {
            registry.drop(name, Optional.of(VersionSelector.LATEST), DropMode.KEEP_FILES)
                    .versions()
                    .forEach(version ->
                            events.add(new Event(Kind.DROPPED, start, System.nanoTime(), version.toString(), "")));
        } else if (dice == 1) {
            registry.rename(name, DatasetName.of(name.equals(DatasetName.of("x")) ? "y" : "x"));
            events.add(new Event(Kind.RENAMED, start, System.nanoTime(), "", ""));
        } else {
            registry.find(name, VersionSelector.LATEST).ifPresent(version -> {
                assertThat(version.files()).as("a version is whole").hasSize(1);
                assertThat(version.schema()).isEqualTo(Deposits.SCHEMA);
                events.add(event(Kind.READ, start, version.version(), version.uuid()));
            });
        }
    }

    private static Event event(Kind kind, long start, SemanticVersion version, UUID uuid) {
        return new Event(kind, start, System.nanoTime(), version.toString(), uuid.toString());
    }

    private static void check(Registry registry, List<Event> events, String hint) {
        var kept = new ArrayList<DatasetVersion>();
        for (String name : Set.of("x", "y")) {
            List<DatasetVersion> versions = registry.versions(DatasetName.of(name));
            for (int i = 0; i < versions.size(); i++) {
                assertThat(versions.get(i).version())
                        .as("%s: numbers of %s without gaps", hint, name)
                        .isEqualTo(new SemanticVersion(1, 0, versions.size() - 1 - i));
                if (i > 0) {
                    assertThat(versions.get(i - 1).createdAt())
                            .as("%s: later numbers are later", hint)
                            .isAfter(versions.get(i).createdAt());
                }
            }
            kept.addAll(versions);
            Optional<SemanticVersion> highest = versions.stream()
                    .filter(version -> version.state() == VersionState.COMPLETE)
                    .map(DatasetVersion::version)
                    .findFirst();
            assertThat(registry.find(DatasetName.of(name), VersionSelector.LATEST)
                            .map(DatasetVersion::version))
                    .as("%s: latest of %s", hint, name)
                    .isEqualTo(highest);
        }
        var uuids = new HashSet<String>();
        kept.forEach(version ->
                assertThat(uuids.add(version.uuid().toString())).as(hint).isTrue());
        List<Event> deposits =
                events.stream().filter(event -> event.kind == Kind.DEPOSITED).toList();
        assertThat(deposits)
                .as(hint)
                .hasSameSizeAs(kept)
                .extracting(Event::uuid)
                .doesNotHaveDuplicates();
        assertThat(uuids)
                .as("%s: nothing that was acknowledged is lost", hint)
                .containsAll(deposits.stream().map(Event::uuid).toList());
        assertThat(events.stream().filter(event -> event.kind == Kind.DROPPED).count())
                .as("%s: each drop is one tombstone", hint)
                .isEqualTo(kept.stream()
                        .filter(version -> version.state() == VersionState.DROPPED)
                        .count());
        checkReads(events, kept, hint);
    }

    /** A read saw a version no earlier than its deposit began, and no later than a newer one of the dataset had been there. */
    private static void checkReads(List<Event> events, List<DatasetVersion> kept, String hint) {
        boolean renamed = events.stream().anyMatch(event -> event.kind == Kind.RENAMED);
        boolean dropped = events.stream().anyMatch(event -> event.kind == Kind.DROPPED);
        for (Event read : events) {
            if (read.kind != Kind.READ) {
                continue;
            }
            Event made = events.stream()
                    .filter(event -> event.kind == Kind.DEPOSITED && event.uuid.equals(read.uuid))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError(hint + ": read what nobody deposited, " + read));
            assertThat(read.end).as("%s: read before it was made", hint).isGreaterThan(made.start);
            assertThat(read.version).as(hint).isEqualTo(made.version);
            if (renamed || dropped) {
                continue;
            }
            boolean stale = events.stream()
                    .anyMatch(event -> event.kind == Kind.DEPOSITED
                            && event.end < read.start
                            && isNewer(kept, event.uuid, read.uuid));
            assertThat(stale).as("%s: stale, %s", hint, read).isFalse();
        }
    }

    private static boolean isNewer(List<DatasetVersion> kept, String uuid, String than) {
        DatasetVersion left = find(kept, uuid);
        DatasetVersion right = find(kept, than);
        return left.name().equals(right.name()) && left.version().compareTo(right.version()) > 0;
    }

    private static DatasetVersion find(List<DatasetVersion> kept, String uuid) {
        return kept.stream()
                .filter(version -> version.uuid().toString().equals(uuid))
                .findFirst()
                .orElseThrow();
    }
}
