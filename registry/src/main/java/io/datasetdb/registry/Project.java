// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry;

/** A project with its namespace. */
public record Project(String namespace, String name) {}
