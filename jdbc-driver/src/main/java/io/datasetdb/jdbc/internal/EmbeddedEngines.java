// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.jdbc.internal;

/** Opens warehouses in this process; found by ServiceLoader, so that the thin driver can do without any engine. */
public interface EmbeddedEngines {
    /**
     * A transport to the engine on this warehouse. All transports to one warehouse share one engine, which is closed
     * together with the last of them.
     */
    Transport open(String warehouse);
}
