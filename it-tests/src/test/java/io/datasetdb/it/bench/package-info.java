// SPDX-License-Identifier: Apache-2.0
/** Measurements, which never decide a test: run with {@code mvn -Pbench verify}. What they showed is in the README. */
package io.datasetdb.it.bench;
