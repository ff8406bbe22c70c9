// SPDX-License-Identifier: Apache-2.0
/** What programs do with the drivers: pools, cancelling, large results. Each through every client that can do it. */
package io.datasetdb.it.client;
