// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.server;

import java.io.IOException;
import org.apache.calcite.avatica.remote.Service;

/** One of the two serializations of Avatica's messages. */
interface WireCodec {
    Service.Request decode(byte[] body) throws IOException;

    byte[] encode(Service.Response response) throws IOException;
}
