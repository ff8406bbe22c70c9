// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.server;

import io.datasetdb.error.DatasetDbException;
import org.apache.calcite.avatica.remote.Service;

/** Which method answers which request. Avatica's own dispatch cannot be called from outside its package. */
final class Dispatch {
    private Dispatch() {}

    static Service.Response apply(Service service, Service.Request request) {
        if (request instanceof Service.FetchRequest fetch) {
            return service.apply(fetch);
        }
        if (request instanceof Service.PrepareAndExecuteRequest execute) {
            return service.apply(execute);
        }
        if (request instanceof Service.PrepareRequest prepare) {
            return service.apply(prepare);
        }
        if (request instanceof Service.ExecuteRequest execute) {
            return service.apply(execute);
        }
        if (request instanceof Service.CreateStatementRequest create) {
            return service.apply(create);
        }
        if (request instanceof Service.CloseStatementRequest close) {
            return service.apply(close);
        }
        return session(service, request);
    }

    private static Service.Response session(Service service, Service.Request request) {
        if (request instanceof Service.OpenConnectionRequest open) {
            return service.apply(open);
        }
        if (request instanceof Service.CloseConnectionRequest close) {
            return service.apply(close);
        }
        if (request instanceof Service.ConnectionSyncRequest sync) {
            return service.apply(sync);
        }
        if (request instanceof Service.PrepareAndExecuteBatchRequest batch) {
            return service.apply(batch);
        }
        if (request instanceof Service.ExecuteBatchRequest batch) {
            return service.apply(batch);
        }
        if (request instanceof Service.SyncResultsRequest sync) {
            return service.apply(sync);
        }
        if (request instanceof Service.CommitRequest commit) {
            return service.apply(commit);
        }
        if (request instanceof Service.RollbackRequest rollback) {
            return service.apply(rollback);
        }
        return metadata(service, request);
    }

    private static Service.Response metadata(Service service, Service.Request request) {
        if (request instanceof Service.CatalogsRequest catalogs) {
            return service.apply(catalogs);
        }
        if (request instanceof Service.SchemasRequest schemas) {
            return service.apply(schemas);
        }
        if (request instanceof Service.TablesRequest tables) {
            return service.apply(tables);
        }
        if (request instanceof Service.ColumnsRequest columns) {
            return service.apply(columns);
        }
        if (request instanceof Service.TableTypesRequest types) {
            return service.apply(types);
        }
        if (request instanceof Service.TypeInfoRequest types) {
            return service.apply(types);
        }
        if (request instanceof Service.DatabasePropertyRequest properties) {
            return service.apply(properties);
        }
        throw new DatasetDbException(
                ServerError.BAD_REQUEST,
                "Cannot answer the request: it is not one of Avatica's ("
                        + request.getClass().getSimpleName() + ")");
    }
}
