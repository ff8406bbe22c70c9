// SPDX-License-Identifier: Apache-2.0
/**
 * What happens when something goes wrong: processes that are killed or compete, files that are damaged, disks that are full.
 * Start reading at {@link io.datasetdb.it.fault.KilledProcessTest}.
 */
package io.datasetdb.it.fault;
