// SPDX-License-Identifier: Apache-2.0
/** Tests that see every room at once: the picture of the rooms as rules, scripts, oracles, faults, benchmarks. */
package io.datasetdb.it;
