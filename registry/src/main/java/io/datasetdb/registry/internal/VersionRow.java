// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal;

import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.SemanticVersion;
import io.datasetdb.registry.VersionRef;
import io.datasetdb.registry.VersionState;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code versions} with the names it belongs to; all but the script's text.
 *
 * @param droppedAt when it was dropped last; an import may have made it readable since
 */
public record VersionRow(
        long id,
        long datasetId,
        DatasetName name,
        SemanticVersion version,
        UUID uuid,
        VersionState state,
        long rowCount,
        long byteSize,
        long fileCount,
        String author,
        @Nullable String client,
        Instant createdAt,
        Instant startedAt,
        long durationMillis,
        @Nullable String statement,
        @Nullable Long scriptId,
        @Nullable String scriptName,
        @Nullable String jobId,
        @Nullable String contentHash,
        String engineVersion,
        @Nullable Instant droppedAt,
        @Nullable Instant purgedAt) {
    public VersionRef ref() {
        return new VersionRef(name, version, uuid);
    }
}
