// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.internal.record;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.udf.JavaValues;
import io.datasetdb.vector.DataType;
import java.lang.reflect.Type;
import java.util.Optional;

/** Records, lists of them and whatever else a component of a record may be, as parameters and results of functions. */
public final class RecordValues implements JavaValues {
    @Override
    public Optional<DataType> type(Type javaType) {
        try {
            return Optional.of(Encoders.of(javaType, javaType.getTypeName()).type());
        } catch (DatasetDbException e) {
            return Optional.empty();
        }
    }

    @Override
    public Conversion toJava(Type javaType, DataType type, String where) {
        return Decoders.of(javaType, type, new Place(where, javaType.getTypeName()))::decodeAny;
    }

    @Override
    public Conversion toColumn(Type javaType, String where) {
        return Encoders.of(javaType, where)::encode;
    }
}
