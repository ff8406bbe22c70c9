// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.vector.BatchSource;

/**
 * One step of a running query. Pulled by one thread; closing it closes its inputs. Any non-empty batch may come with a
 * selection. An operator polls {@link Run#checkCancelled()} at least once per input batch.
 */
public interface Operator extends BatchSource {}
