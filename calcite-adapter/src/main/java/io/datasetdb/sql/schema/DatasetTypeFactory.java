// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.schema;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.calcite.jdbc.JavaTypeFactoryImpl;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.StructKind;
import org.apache.calcite.sql.type.SqlTypeMappingRule;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/** Makes types of the {@link DatasetTypeSystem} whose characters are Unicode. */
public final class DatasetTypeFactory extends JavaTypeFactoryImpl {
    public DatasetTypeFactory() {
        super(new DatasetTypeSystem());
    }

    /** Numbers and times have no type in common; Calcite takes the times' and then reads numbers as times. */
    @Override
    public @Nullable RelDataType leastRestrictive(List<RelDataType> types, SqlTypeMappingRule rule) {
        boolean hasTimes = types.stream().anyMatch(SqlTypeUtil::isDatetime);
        boolean hasNumbers = types.stream().anyMatch(SqlTypeUtil::isNumeric);
        return hasTimes && hasNumbers ? null : super.leastRestrictive(types, rule);
    }

    /** Texts of different lengths have the type of any text: a length would cut the longer ones. */
    @Override
    public @Nullable RelDataType leastRestrictive(List<RelDataType> types) {
        boolean texts = types.stream().allMatch(DatasetTypeFactory::isTextOrNull)
                && types.stream().anyMatch(type -> type.getSqlTypeName() != SqlTypeName.NULL);
        boolean alike = types.stream().distinct().count() == 1;
        if (texts && !alike) {
            boolean nullable = types.stream().anyMatch(RelDataType::isNullable);
            return createTypeWithNullability(createSqlType(SqlTypeName.VARCHAR), nullable);
        }
        return super.leastRestrictive(types);
    }

    /** Fields of every row can be named without the table that holds it, also of a row that the query has made. */
    @Override
    protected RelDataType canonize(StructKind kind, List<String> names, List<RelDataType> types, boolean nullable) {
        return super.canonize(StructKind.PEEK_FIELDS_NO_EXPAND, names, types, nullable);
    }

    private static boolean isTextOrNull(RelDataType type) {
        return type.getSqlTypeName() == SqlTypeName.NULL
                || type.getSqlTypeName() == SqlTypeName.CHAR
                || type.getSqlTypeName() == SqlTypeName.VARCHAR;
    }

    @Override
    public Charset getDefaultCharset() {
        return StandardCharsets.UTF_8;
    }
}
