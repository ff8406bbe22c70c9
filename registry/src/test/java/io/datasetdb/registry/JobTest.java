// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class JobTest {
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

    private Job start() {
        return registry.startJob(new JobRequest("create …", "ada", "shell"));
    }

    private Map<String, Object> row(Job job) {
        return Deposits.rows(registry, "jobs").stream()
                .filter(row -> job.id().equals(row.get("job_id")))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void jobShowsItsProgressAndItsEnd() {
        Job job = start();
        assertThat(row(job))
                .containsEntry("state", "RUNNING")
                .containsEntry("rows_done", 0L)
                .containsEntry("rows_total", null)
                .containsEntry("client", "shell")
                .containsEntry("finished_at", null);

        AtomicLong done = new AtomicLong(5);
        try (Job.Following following = job.follow(() -> new Job.Progress(done.get(), 10L))) {
            assertThat(following).isNotNull();
            assertThat(row(job)).containsEntry("rows_done", 5L).containsEntry("rows_total", 10L);
            done.set(7);
            assertThat(row(job)).containsEntry("rows_done", 7L).containsEntry("rows_total", 10L);
        }
        done.set(8);
        assertThat(row(job)).containsEntry("rows_done", 7L);

        job.complete(3);
        assertThat(row(job))
                .containsEntry("state", "COMPLETE")
                .containsEntry("rows_done", 3L)
                .containsEntry("rows_total", 3L);
        assertThat(row(job).get("finished_at")).isNotNull();
    }

    @Test
    @Timeout(300)
    void anotherProcessSeesAJobMove() {
        Job job = start();
        AtomicLong asked = new AtomicLong();
        try (Registry other = Registry.open(folder);
                Job.Following following = job.follow(() -> new Job.Progress(asked.incrementAndGet(), null))) {
            assertThat(following).isNotNull();
            Set<Object> seen = new HashSet<>();
            while (seen.size() < 3) {
                seen.add(Deposits.rows(other, "jobs").get(0).get("rows_done"));
            }
            assertThat(seen).contains(0L);
        }
    }

    @Test
    void jobEndsOnce() {
        Job failed = start();
        failed.fail("22012", "division by zero");
        failed.complete(3);
        Job cancelled = start();
        cancelled.cancel();
        cancelled.fail("22012", "late");

        assertThat(row(failed))
                .containsEntry("state", "FAILED")
                .containsEntry("error_code", "22012")
                .containsEntry("error_message", "division by zero")
                .containsEntry("rows_done", 0L);
        assertThat(row(cancelled)).containsEntry("state", "CANCELLED").containsEntry("error_code", "57014");
    }

    @Test
    void jobWhoseProcessDiedFailsOnceItsLeaseHasRunOut() {
        Job dead;
        try (Registry other = Registry.open(folder)) {
            dead = other.startJob(new JobRequest("create …", "ada", "shell"));
        }
        age();

        assertThat(row(dead)).containsEntry("state", "FAILED").containsEntry("error_code", "57P01");
        assertThat(row(dead).get("finished_at")).isNotNull();
        assertThat(row(start())).containsEntry("state", "RUNNING");
    }

    private void age() {
        registry.database().write("age", sql -> sql.update("UPDATE jobs SET lease_until = started_at - 1"));
    }

    @Test
    void processThatWasSuspendedRenewsItsJobsBeforeItEndsThoseOfOthers() {
        Job job = start();
        age();
        assertThat(row(start())).containsEntry("state", "RUNNING");
        assertThat(row(job)).containsEntry("state", "RUNNING");
        age();
        assertThat(row(job)).as("only looked at").containsEntry("state", "RUNNING");
    }

    @Test
    void jobThatOthersTookForDeadSaysWhatBecameOfIt() {
        Job completed = start();
        Job failed = start();
        age();
        try (Registry other = Registry.open(folder)) {
            assertThat(Deposits.rows(other, "jobs"))
                    .extracting(row -> row.get("error_code"))
                    .containsOnly("57P01");
        }
        completed.complete(3);
        failed.fail("22012", "division by zero");
        completed.fail("22012", "late");
        assertThat(row(completed))
                .containsEntry("state", "COMPLETE")
                .containsEntry("rows_done", 3L)
                .containsEntry("error_code", null)
                .containsEntry("error_message", null);
        assertThat(row(failed)).containsEntry("state", "FAILED").containsEntry("error_code", "22012");
    }

    @Test
    void jobThatCannotSayHowFarItIsLeavesTheOthersAlone() {
        AtomicLong asked = new AtomicLong();
        Job broken = start();
        Job sound = start();
        try (Job.Following one = broken.follow(() -> {
                    asked.incrementAndGet();
                    throw new IllegalStateException("closed");
                });
                Job.Following two = sound.follow(() -> new Job.Progress(5, null))) {
            assertThat(one).isNotSameAs(two);
            assertThat(row(sound)).containsEntry("rows_done", 5L);
            assertThat(row(broken)).containsEntry("rows_done", 0L).containsEntry("state", "RUNNING");
            assertThat(asked).hasValue(1);
        }
    }

    @Test
    void draftWhoseLeaseHasRunOutCannotBeCommitted() {
        try (VersionDraft draft = registry.begin(DraftRequest.create(DatasetName.of("x"), Deposits.SCHEMA))) {
            registry.database().write("age", sql -> sql.update("UPDATE drafts SET lease_until = started_at - 1"));

            assertThat(registry.unowned(List.of(draft.folder()))).containsExactly(draft.folder());
            Failures.assertFails(
                    () -> draft.commit(Deposits.provenance(null)),
                    RegistryError.DRAFT_GONE,
                    "55000",
                    "lease",
                    "main.public.x");
        }
    }
}
