// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.store.StoreError;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.util.List;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ParquetSchemasTest {
    private static Field only(String column) {
        Schema schema = ParquetSchemas.toSchema(MessageTypeParser.parseMessageType("message m { " + column + " }"));
        assertThat(schema.size()).isEqualTo(1);
        return schema.field(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "required boolean c;                                        | BOOLEAN",
                "required int32 c;                                          | INTEGER",
                "required int32 c (INTEGER(8,true));                        | TINYINT",
                "required int32 c (INTEGER(16,true));                       | SMALLINT",
                "required int32 c (INTEGER(8,false));                       | INTEGER",
                "required int32 c (INTEGER(16,false));                      | INTEGER",
                "required int32 c (INTEGER(32,false));                      | BIGINT",
                "required int64 c (INTEGER(64,false));                      | DECIMAL(20, 0)",
                "required int64 c;                                          | BIGINT",
                "required int96 c;                                          | TIMESTAMP",
                "required float c;                                          | REAL",
                "required double c;                                         | DOUBLE",
                "required int32 c (DATE);                                   | DATE",
                "required int32 c (TIME(MILLIS,true));                      | TIME",
                "required int64 c (TIME(MICROS,false));                     | TIME",
                "required int64 c (TIME(NANOS,true));                       | TIME",
                "required int64 c (TIMESTAMP(MILLIS,false));                | TIMESTAMP",
                "required int64 c (TIMESTAMP(MICROS,true));                 | TIMESTAMP WITH LOCAL TIME ZONE",
                "required int64 c (TIMESTAMP(NANOS,true));                  | TIMESTAMP WITH LOCAL TIME ZONE",
                "required int32 c (DECIMAL(9,2));                           | DECIMAL(9, 2)",
                "required int64 c (DECIMAL(18,0));                          | DECIMAL(18, 0)",
                "required fixed_len_byte_array(16) c (DECIMAL(38,38));      | DECIMAL(38, 38)",
                "required binary c (DECIMAL(50,2));                         | DOUBLE",
                "required binary c;                                         | VARBINARY",
                "required binary c (STRING);                                | VARCHAR",
                "required binary c (ENUM);                                  | VARCHAR",
                "required binary c (JSON);                                  | VARCHAR",
                "required binary c (BSON);                                  | VARBINARY",
                "required fixed_len_byte_array(7) c;                        | VARBINARY",
                "required fixed_len_byte_array(16) c (UUID);                | UUID",
                "required fixed_len_byte_array(2) c (FLOAT16);              | REAL",
                "required fixed_len_byte_array(12) c (INTERVAL);            | VARCHAR"
            })
    void leavesReadInTheNearestType(String column, String type) {
        assertThat(only(column.strip())).hasToString("c " + type.strip() + " NOT NULL");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "optional group c (LIST) { repeated group list { optional int32 element; } }    | INTEGER ARRAY",
                "optional group c (LIST) { repeated group bag { required int32 item; } }        | INTEGER ARRAY",
                "optional group c (LIST) { repeated int32 element; }                            | INTEGER ARRAY",
                "optional group c (LIST) { repeated group element { required int32 a; required int64 b; } } | ROW(a INTEGER, b BIGINT) ARRAY",
                "optional group c (LIST) { repeated group array { required int32 a; } }         | ROW(a INTEGER) ARRAY",
                "optional group c (LIST) { repeated group c_tuple { required int32 a; } }       | ROW(a INTEGER) ARRAY",
                "optional group c (LIST) { repeated group array (LIST) { repeated int32 array; } } | INTEGER ARRAY ARRAY",
                "optional group c (LIST) { repeated group x { repeated int32 a; } }             | ROW(a INTEGER ARRAY) ARRAY",
                "optional group c (MAP) { repeated group key_value { required binary key (STRING); optional int32 value; } } | MAP<VARCHAR, INTEGER>",
                "optional group c (MAP) { repeated group map (MAP_KEY_VALUE) { required binary k (STRING); required int32 v; } } | MAP<VARCHAR, INTEGER>",
                "optional group c (MAP_KEY_VALUE) { repeated group map { required int32 k; required int32 v; } } | MAP<INTEGER, INTEGER>",
                "optional group c (MAP) { repeated group key_value { required int32 key; } }    | INTEGER ARRAY",
                "optional group c { optional int32 a; required group b { required double x; } } | ROW(a INTEGER, b ROW(x DOUBLE))",
                "optional group c (LIST) { required int32 a; }                                  | ROW(a INTEGER)"
            })
    void groupsReadAsListsMapsAndRowsInAllTheirForms(String column, String type) {
        assertThat(only(column.strip())).hasToString("c " + type.strip());
    }

    @Test
    void bareRepeatedFieldsAreListsThatAreNeverNull() {
        assertThat(only("repeated int32 c;")).isEqualTo(Field.required("c", DataType.array(DataType.INTEGER)));
        assertThat(only("repeated group c { optional int32 a; }"))
                .isEqualTo(Field.required("c", DataType.array(DataType.row(Field.of("a", DataType.INTEGER)))));
    }

    @Test
    void levelsTellNullsEmptyListsAndElementsApart() {
        MessageType type = MessageTypeParser.parseMessageType(
                "message m { optional group c (LIST) { repeated group list { optional group element { required int32 a; } } } }");
        ColumnNode.ListNode list =
                (ColumnNode.ListNode) ParquetSchemas.toColumns(type).get(0).node();
        assertThat(list.levels()).isEqualTo(new ColumnNode.Levels(true, 0, 0, 1));
        assertThat(list.elementDefinition()).isEqualTo(2);
        assertThat(list.element().levels()).isEqualTo(new ColumnNode.Levels(true, 1, 2, 3));
        assertThat(list.firstLeaf().levels()).isEqualTo(new ColumnNode.Levels(false, 1, 2, 3));
        assertThat(list.firstLeaf().descriptor().getMaxDefinitionLevel()).isEqualTo(3);
    }

    @Test
    void everyStorableTypeComesBackAsItself() {
        DataType row = DataType.row(
                Field.required("a", DataType.VARCHAR),
                Field.of("b", DataType.array(DataType.map(DataType.UUID, DataType.REAL))));
        List<DataType> types = List.of(
                DataType.BOOLEAN,
                DataType.TINYINT,
                DataType.SMALLINT,
                DataType.INTEGER,
                DataType.BIGINT,
                DataType.REAL,
                DataType.DOUBLE,
                DataType.decimal(1, 0),
                DataType.decimal(18, 18),
                DataType.decimal(19, 3),
                DataType.decimal(38, 0),
                DataType.VARCHAR,
                DataType.VARBINARY,
                DataType.DATE,
                DataType.TIME,
                DataType.TIMESTAMP,
                DataType.TIMESTAMP_LTZ,
                DataType.UUID,
                DataType.array(DataType.array(DataType.DOUBLE)),
                DataType.map(DataType.VARCHAR, row),
                row);
        for (DataType type : types) {
            Schema schema = Schema.of(Field.of("n", type), Field.required("r", type));
            assertThat(ParquetSchemas.toSchema(ParquetSchemas.toMessageType(schema)))
                    .isEqualTo(schema);
        }
    }

    @Test
    void storedFormsAreTheStandardOnes() {
        Schema schema = Schema.of(
                Field.required("t", DataType.TINYINT),
                Field.of("short", DataType.decimal(18, 2)),
                Field.of("long", DataType.decimal(19, 2)),
                Field.of("ts", DataType.TIMESTAMP),
                Field.of("ltz", DataType.TIMESTAMP_LTZ),
                Field.of("l", DataType.array(DataType.REAL)),
                Field.of("m", DataType.map(DataType.VARCHAR, DataType.BIGINT)));
        assertThat(ParquetSchemas.toMessageType(schema)).isEqualTo(MessageTypeParser.parseMessageType("""
                        message schema {
                          required int32 t (INTEGER(8,true));
                          optional int64 short (DECIMAL(18,2));
                          optional fixed_len_byte_array(16) long (DECIMAL(19,2));
                          optional int64 ts (TIMESTAMP(MICROS,false));
                          optional int64 ltz (TIMESTAMP(MICROS,true));
                          optional group l (LIST) { repeated group list { optional float element; } }
                          optional group m (MAP) { repeated group key_value { required binary key (STRING); optional int64 value; } }
                        }
                        """));
    }

    @ParameterizedTest
    @EnumSource(
            value = DataType.Kind.class,
            names = {"INTERVAL_MONTH", "INTERVAL_DAY", "NULL"})
    void typesWithoutAStoredFormAreRefused(DataType.Kind kind) {
        Schema schema =
                Schema.of(Field.of("a", DataType.array(DataType.row(Field.of("b", new DataType.Simple(kind))))));
        DatasetDbException error =
                catchThrowableOfType(DatasetDbException.class, () -> ParquetSchemas.toMessageType(schema));
        assertThat(error.code()).isEqualTo(StoreError.BAD_VALUE);
        assertThat(error).hasMessageStartingWith("Cannot store column a.element.b: its type has no stored form (");
    }

    private static DataType nested(int rows, int arrays) {
        DataType type = DataType.BIGINT;
        for (int i = 0; i < arrays; i++) {
            type = DataType.array(type);
        }
        for (int i = 0; i < rows; i++) {
            type = DataType.row(Field.of("f", type));
        }
        return type;
    }

    @ParameterizedTest
    @CsvSource({"100, 0", "0, 50", "50, 25"})
    void whateverIsWrittenIsNotTooDeepToRead(int rows, int arrays) {
        Schema deepest = Schema.of(Field.of("c", nested(rows, arrays)));
        assertThat(ParquetSchemas.toSchema(ParquetSchemas.toMessageType(deepest)))
                .isEqualTo(deepest);
        Schema deeper = Schema.of(Field.of("c", nested(rows + 1, arrays)));
        DatasetDbException error =
                catchThrowableOfType(DatasetDbException.class, () -> ParquetSchemas.toMessageType(deeper));
        assertThat(error.code()).isEqualTo(StoreError.BAD_VALUE);
        assertThat(error)
                .hasMessage("Cannot store column c: it is nested deeper than supported (100 groups, of which a list or"
                        + " map takes two)");
    }
}
