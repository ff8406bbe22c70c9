// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

/** A function that a deposit called; {@code hash} is that of its jar or source. */
public record FunctionUse(String name, String hash) {}
