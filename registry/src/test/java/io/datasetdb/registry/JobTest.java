// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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

        job.progress(5, 10L);
        assertThat(row(job)).containsEntry("rows_done", 5L).containsEntry("rows_total", 10L);

        job.complete(10);
        assertThat(row(job)).containsEntry("state", "COMPLETE").containsEntry("rows_done", 10L);
        assertThat(row(job).get("finished_at")).isNotNull();
    }

    @Test
    void jobEndsOnce() {
        Job failed = start();
        failed.fail("22012", "division by zero");
        failed.complete(3);
        failed.progress(9, null);
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
        Job dead = start();
        registry.database().write("age", sql -> sql.update("UPDATE jobs SET lease_until = started_at - 1"));
        Job next = start();

        assertThat(row(dead)).containsEntry("state", "FAILED").containsEntry("error_code", "57P01");
        assertThat(row(next)).containsEntry("state", "RUNNING");
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
