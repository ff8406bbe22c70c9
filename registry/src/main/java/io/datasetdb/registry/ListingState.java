// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

import java.time.Instant;

/**
 * The newest listing of a location.
 *
 * @param fingerprint of its files
 * @param listedAt when the files were last found to be these
 */
public record ListingState(DatasetVersion version, String fingerprint, Instant listedAt) {}
