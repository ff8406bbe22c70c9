// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.jdbc.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datasetdb.vector.Batch;
import io.datasetdb.vector.ConstantVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.DictionaryVector;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import io.datasetdb.vector.VectorBuilder;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PacketCodecTest {
    private static final long SEED = 20_260_131;

    private static final List<DataType> SCALARS = List.of(
            DataType.BOOLEAN,
            DataType.TINYINT,
            DataType.SMALLINT,
            DataType.INTEGER,
            DataType.BIGINT,
            DataType.REAL,
            DataType.DOUBLE,
            DataType.decimal(18, 3),
            DataType.decimal(38, 10),
            DataType.VARCHAR,
            DataType.VARBINARY,
            DataType.DATE,
            DataType.TIME,
            DataType.TIMESTAMP,
            DataType.TIMESTAMP_LTZ,
            DataType.UUID,
            DataType.INTERVAL_MONTH,
            DataType.INTERVAL_DAY,
            DataType.NULL);

    private static DataType type(Random random, int depth) {
        int choice = random.nextInt(depth > 2 ? 6 : 10);
        return switch (choice) {
            case 6, 7 -> DataType.array(type(random, depth + 1));
            case 8 -> DataType.map(DataType.VARCHAR, type(random, depth + 1));
            case 9 ->
                DataType.row(
                        Field.of("a", type(random, depth + 1)), Field.required("b \"q\"", type(random, depth + 1)));
            default -> SCALARS.get(random.nextInt(SCALARS.size()));
        };
    }

    private static Object value(Random random, DataType type) {
        if (type.kind() == DataType.Kind.NULL || random.nextInt(4) == 0) {
            return null;
        }
        return switch (type.kind()) {
            case BOOLEAN -> random.nextBoolean();
            case TINYINT -> (byte) random.nextInt();
            case SMALLINT -> (short) random.nextInt();
            case INTEGER -> random.nextInt();
            case BIGINT -> random.nextLong();
            case REAL -> Float.intBitsToFloat(random.nextInt());
            case DOUBLE -> Double.longBitsToDouble(random.nextLong());
            case DECIMAL ->
                new BigDecimal(
                        new BigInteger(((DataType.Decimal) type).precision() * 3, random),
                        ((DataType.Decimal) type).scale());
            case VARCHAR -> "ü".repeat(random.nextInt(5)) + random.nextInt(100);
            case VARBINARY -> {
                byte[] bytes = new byte[random.nextInt(9)];
                random.nextBytes(bytes);
                yield bytes;
            }
            case DATE -> LocalDate.ofEpochDay(random.nextInt(2_000_000) - 1_000_000);
            case TIME ->
                LocalTime.ofNanoOfDay(random.nextInt(86_400) * 1_000_000_000L + random.nextInt(1_000_000) * 1_000L);
            case TIMESTAMP ->
                LocalDateTime.of(1400 + random.nextInt(1000), 2, 3, 4, 5, 6, random.nextInt(1_000_000) * 1_000);
            case TIMESTAMP_LTZ -> Instant.ofEpochMilli(random.nextLong() >> 16).plus(7, ChronoUnit.MICROS);
            case UUID -> new UUID(random.nextLong(), random.nextLong());
            case INTERVAL_MONTH -> Period.ofMonths(random.nextInt(100)).normalized();
            case INTERVAL_DAY -> Duration.ofSeconds(random.nextInt());
            case ARRAY -> {
                List<Object> list = new ArrayList<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(value(random, ((DataType.Array) type).element()));
                }
                yield list;
            }
            case MAP -> {
                Map<String, Object> map = new LinkedHashMap<>();
                for (int i = random.nextInt(4); i > 0; i--) {
                    map.put("k" + i, value(random, ((DataType.Map) type).value()));
                }
                yield map;
            }
            case ROW -> {
                List<Object> row = new ArrayList<>();
                ((DataType.Row) type).fields().forEach(field -> row.add(value(random, field.type())));
                yield row;
            }
            case NULL -> null;
        };
    }

    private static String text(Vector vector, int position) {
        return JsonText.of(vector.type(), vector.getObject(position));
    }

    @Test
    void whatIsReadIsWhatWasWritten() {
        Random random = new Random(SEED);
        for (int run = 0; run < 300; run++) {
            DataType type = type(random, 0);
            VectorBuilder builder = VectorBuilder.of(type, 8);
            int count = random.nextInt(200);
            for (int i = 0; i < count; i++) {
                builder.append(value(random, type));
            }
            Vector vector = builder.build();
            Schema schema = Schema.of(Field.of("c", type));
            Packet.Header header = (Packet.Header)
                    PacketCodec.decode(PacketCodec.encode(new Packet.Header(schema, run % 2 == 0)), null);
            assertThat(header).as("seed %d run %d", SEED, run).isEqualTo(new Packet.Header(schema, run % 2 == 0));
            Batch read = rows(schema, Batch.of(List.of(vector), count));
            for (int i = 0; i < count; i++) {
                assertThat(text(read.column(0), i))
                        .as("seed %d run %d %s", SEED, run, type)
                        .isEqualTo(text(vector, i));
            }
        }
    }

    private static Batch rows(Schema schema, Batch batch) {
        return ((Packet.Rows) PacketCodec.decode(PacketCodec.encode(new Packet.Rows(batch)), schema)).batch();
    }

    @Test
    void selectionsAndWrappersAreTakenAway() {
        Vector words = VectorBuilder.vector(DataType.VARCHAR, "x", "y");
        Vector lists = VectorBuilder.vector(DataType.array(DataType.INTEGER), List.of(1), List.of(2, 3), List.of(4));
        Batch batch = Batch.of(
                        List.of(
                                new DictionaryVector(3, new int[] {1, 0, 1}, words, null),
                                ConstantVector.of(words, 3),
                                ConstantVector.ofNull(DataType.BIGINT, 3),
                                lists),
                        3)
                .select(Selection.of(new int[] {1, 2}, 2));
        Schema schema = Schema.of(
                Field.of("d", DataType.VARCHAR),
                Field.of("c", DataType.VARCHAR),
                Field.of("n", DataType.BIGINT),
                Field.of("l", DataType.array(DataType.INTEGER)));
        Batch read = rows(schema, batch);
        assertThat(read.size()).isEqualTo(2);
        assertThat(read.column(0).getObject(0)).isEqualTo("x");
        assertThat(read.column(0).getObject(1)).isEqualTo("y");
        assertThat(read.column(1).getObject(1)).isEqualTo("x");
        assertThat(read.column(2).getObject(0)).isNull();
        assertThat(read.column(3).getObject(0)).isEqualTo(List.of(2, 3));
    }

    @Test
    void damagedPacketsAreRefused() {
        byte[] bytes = PacketCodec.encode(new Packet.Header(Schema.of(Field.of("c", DataType.BIGINT)), true));
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = java.util.Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> PacketCodec.decode(cut, null)).isInstanceOf(IllegalArgumentException.class);
        }
        bytes[1] = 99;
        assertThatThrownBy(() -> PacketCodec.decode(bytes, null)).hasMessageContaining("version 99");
    }
}
