// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel;

import io.datasetdb.sql.kernel.arithmetic.Arithmetic;
import io.datasetdb.sql.kernel.arithmetic.DoubleFunctions;
import io.datasetdb.sql.kernel.arithmetic.MathFunctions;
import io.datasetdb.sql.kernel.arithmetic.Negate;
import io.datasetdb.sql.kernel.calendar.DatePart;
import io.datasetdb.sql.kernel.calendar.Extract;
import io.datasetdb.sql.kernel.calendar.TimeArithmetic;
import io.datasetdb.sql.kernel.calendar.TimeRounding;
import io.datasetdb.sql.kernel.cast.Cast;
import io.datasetdb.sql.kernel.nested.ArrayConstructor;
import io.datasetdb.sql.kernel.nested.ArrayContains;
import io.datasetdb.sql.kernel.nested.Cardinality;
import io.datasetdb.sql.kernel.nested.ItemAccess;
import io.datasetdb.sql.kernel.nested.MapConstructor;
import io.datasetdb.sql.kernel.nested.RowConstructor;
import io.datasetdb.sql.kernel.nested.RowField;
import io.datasetdb.sql.kernel.text.Like;
import io.datasetdb.sql.kernel.text.SubstringFunctions;
import io.datasetdb.sql.kernel.text.TextFunctions;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One of every kind of kernel, over columns of given types. */
final class KernelCatalogue {
    static final DataType ARRAY = DataType.array(DataType.INTEGER);
    static final DataType MAP = DataType.map(DataType.VARCHAR, DataType.DOUBLE);
    static final DataType.Row ROW =
            (DataType.Row) DataType.row(Field.of("a", DataType.INTEGER), Field.of("b", DataType.VARCHAR));

    /** Every type that values can have. */
    static final List<DataType> TYPES = List.of(
            DataType.BOOLEAN,
            DataType.TINYINT,
            DataType.SMALLINT,
            DataType.INTEGER,
            DataType.BIGINT,
            DataType.REAL,
            DataType.DOUBLE,
            DataType.decimal(9, 2),
            DataType.decimal(18, 4),
            DataType.decimal(38, 6),
            DataType.VARCHAR,
            DataType.VARBINARY,
            DataType.DATE,
            DataType.TIME,
            DataType.TIMESTAMP,
            DataType.TIMESTAMP_LTZ,
            DataType.UUID,
            DataType.INTERVAL_MONTH,
            DataType.INTERVAL_DAY,
            ARRAY,
            MAP,
            ROW);

    private final List<Entry> entries = new ArrayList<>();

    private KernelCatalogue() {}

    /** A kernel over columns. */
    record Entry(String name, List<DataType> types, Expression expression) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Entry> entries() {
        KernelCatalogue catalogue = new KernelCatalogue();
        catalogue.generic();
        catalogue.logic();
        catalogue.arithmetic();
        catalogue.casts();
        catalogue.text();
        catalogue.times();
        catalogue.nested();
        return catalogue.entries;
    }

    private void add(String name, Function<List<Expression>, Expression> kernel, DataType... types) {
        List<Expression> columns = new ArrayList<>();
        for (int i = 0; i < types.length; i++) {
            columns.add(Eval.col(i, types[i]));
        }
        entries.add(new Entry(name + Arrays.toString(types), List.of(types), kernel.apply(columns)));
    }

    private void generic() {
        for (DataType type : TYPES) {
            Random random = new Random(type.hashCode());
            Object a = Samples.value(type, random);
            Object b = Samples.value(type, random);
            Object c = Samples.value(type, random);
            for (Comparison.Operator operator : Comparison.Operator.values()) {
                add(operator.name(), x -> Comparison.of(operator, x.get(0), x.get(1)), type, type);
                add(operator + " constant", x -> Comparison.of(operator, x.get(0), Eval.lit(a, type)), type);
                add(operator + " flipped", x -> Comparison.of(operator, Eval.lit(b, type), x.get(0)), type);
            }
            add("distinct", x -> DistinctFrom.of(x.get(0), x.get(1)), type, type);
            add("not distinct", x -> DistinctFrom.not(x.get(0), x.get(1)), type, type);
            add("is null", x -> NullTest.isNull(x.get(0)), type);
            add("is not null", x -> NullTest.isNotNull(x.get(0)), type);
            add("in", x -> InSet.of(x.get(0), List.of(a, b, c), false), type);
            List<@Nullable Object> withNull = new ArrayList<>(List.of(a, b));
            withNull.add(null);
            add("not in, null", x -> InSet.of(x.get(0), withNull, true), type);
            for (RangeSet.NullAs nullAs : RangeSet.NullAs.values()) {
                List<RangeSet.Range> ranges = List.of(
                        new RangeSet.Range(a, true, b, false),
                        RangeSet.Range.point(c),
                        new RangeSet.Range(null, false, c, false));
                add("ranges, null as " + nullAs, x -> RangeSet.of(x.get(0), ranges, nullAs), type);
            }
            add(
                    "case",
                    x -> Case.of(List.of(x.get(0)), List.of(x.get(1)), x.get(2), type),
                    DataType.BOOLEAN,
                    type,
                    type);
            add(
                    "case, constants",
                    x -> Case.of(List.of(x.get(0)), List.of(Eval.lit(a, type)), Literal.ofNull(type), type),
                    DataType.BOOLEAN);
            add("coalesce", x -> Coalesce.of(x, type), type, type);
            add("nullif", x -> NullIf.of(x.get(0), x.get(1)), type, type);
            add("greatest", x -> Extremum.greatest(x, type, false), type, type, type);
            add("least", x -> Extremum.least(x, type, true), type, type);
            add("to text", x -> Cast.of(x.get(0), DataType.VARCHAR), type);
            add("boxed", x -> RowFunction.of("first", x, type, values -> values[0]), type, type);
        }
        add(
                "decimals of two scales",
                x -> Comparison.of(Comparison.Operator.LESS, x.get(0), x.get(1)),
                DataType.decimal(9, 2),
                DataType.decimal(18, 4));
        add(
                "decimal and wide",
                x -> Comparison.of(Comparison.Operator.EQUAL, x.get(0), x.get(1)),
                DataType.decimal(38, 6),
                DataType.decimal(9, 2));
        add(
                "int and bigint",
                x -> Comparison.of(Comparison.Operator.GREATER, x.get(0), x.get(1)),
                DataType.INTEGER,
                DataType.BIGINT);
    }

    private void logic() {
        DataType b = DataType.BOOLEAN;
        add("and", And::of, b, b, b);
        add("or", Or::of, b, b, b);
        add("not", x -> Not.of(x.get(0)), b);
        add("is true", x -> TruthTest.isTrue(x.get(0)), b);
        add("is false", x -> TruthTest.isFalse(x.get(0)), b);
        add("is not true", x -> TruthTest.isNotTrue(x.get(0)), b);
        add("is not false", x -> TruthTest.isNotFalse(x.get(0)), b);
        add(
                "guarded division",
                x -> And.of(List.of(
                        Comparison.of(Comparison.Operator.NOT_EQUAL, x.get(0), Eval.lit(0, DataType.INTEGER)),
                        Comparison.of(
                                Comparison.Operator.GREATER,
                                Arithmetic.of(Arithmetic.Operator.DIVIDE, x.get(1), x.get(0), DataType.BIGINT),
                                Eval.lit(0L, DataType.BIGINT)))),
                DataType.INTEGER,
                DataType.SMALLINT);
    }

    private void arithmetic() {
        List<DataType> numbers = List.of(
                DataType.TINYINT,
                DataType.SMALLINT,
                DataType.INTEGER,
                DataType.BIGINT,
                DataType.REAL,
                DataType.DOUBLE,
                DataType.decimal(18, 4),
                DataType.decimal(38, 6));
        for (DataType type : numbers) {
            for (Arithmetic.Operator operator : Arithmetic.Operator.values()) {
                add(operator.name(), x -> Arithmetic.of(operator, x.get(0), x.get(1), type), type, type);
            }
            add("negate", x -> Negate.of(x.get(0)), type);
            add("abs", x -> MathFunctions.abs(x.get(0)), type);
            add("sign", x -> MathFunctions.sign(x.get(0), DataType.DOUBLE), type);
            add("floor", x -> MathFunctions.floor(x.get(0), type), type);
            add("ceil", x -> MathFunctions.ceil(x.get(0), type), type);
            add("round", x -> MathFunctions.round(x.get(0), x.get(1), type), type, DataType.TINYINT);
            add("truncate", x -> MathFunctions.truncate(x.get(0), null, type), type);
        }
        for (DoubleFunctions.Function function : DoubleFunctions.Function.values()) {
            add(function.name(), x -> DoubleFunctions.of(function, x.get(0)), DataType.DOUBLE);
        }
        add("power", x -> DoubleFunctions.power(x.get(0), x.get(1)), DataType.DOUBLE, DataType.DOUBLE);
        add("log", x -> DoubleFunctions.log(x.get(0), x.get(1)), DataType.DOUBLE, DataType.DOUBLE);
        mixed(DataType.decimal(9, 2), DataType.decimal(18, 4), DataType.decimal(27, 6));
        mixed(DataType.decimal(9, 2), DataType.BIGINT, DataType.decimal(38, 2));
        mixed(DataType.decimal(38, 6), DataType.decimal(38, 6), DataType.decimal(38, 6));
        mixed(DataType.INTEGER, DataType.BIGINT, DataType.BIGINT);
        mixed(DataType.BIGINT, DataType.INTEGER, DataType.INTEGER);
        mixed(DataType.decimal(9, 2), DataType.DOUBLE, DataType.DOUBLE);
    }

    private void mixed(DataType left, DataType right, DataType result) {
        for (Arithmetic.Operator operator : Arithmetic.Operator.values()) {
            add(operator + " to " + result, x -> Arithmetic.of(operator, x.get(0), x.get(1), result), left, right);
        }
    }

    private void casts() {
        for (DataType from : TYPES) {
            for (DataType to : TYPES) {
                if (Cast.isPossible(from, to)) {
                    add("cast to " + to, x -> Cast.of(x.get(0), to), from);
                    add("try_cast to " + to, x -> Cast.of(x.get(0), to, -1, Cast.Mode.TRY), from);
                }
            }
            add("to char", x -> Cast.toChar(x.get(0), 2, Cast.Mode.STRICT), from);
        }
        DataType row = DataType.row(Field.of("x", DataType.BIGINT), Field.of("y", DataType.INTEGER));
        add("cast fields", x -> Cast.of(x.get(0), row, -1, Cast.Mode.TRY), ROW);
        add("cast elements", x -> Cast.of(x.get(0), DataType.array(DataType.TINYINT)), ARRAY);
    }

    private void text() {
        DataType s = DataType.VARCHAR;
        DataType i = DataType.INTEGER;
        add("upper", x -> TextFunctions.upper(x.get(0)), s);
        add("lower", x -> TextFunctions.lower(x.get(0)), s);
        add("initcap", x -> TextFunctions.initcap(x.get(0)), s);
        add("reverse", x -> TextFunctions.reverse(x.get(0)), s);
        add("char_length", x -> TextFunctions.charLength(x.get(0)), s);
        add("octet_length", x -> TextFunctions.octetLength(x.get(0)), s);
        add("ascii", x -> TextFunctions.ascii(x.get(0)), s);
        add("chr", x -> TextFunctions.chr(x.get(0)), i);
        add("||", TextFunctions::concat, s, s, s);
        add("concat", TextFunctions::concatIgnoringNulls, s, s);
        add("replace", x -> TextFunctions.replace(x.get(0), x.get(1), x.get(2)), s, s, s);
        add("repeat", x -> TextFunctions.repeat(x.get(0), x.get(1)), s, DataType.TINYINT);
        add("lpad", x -> TextFunctions.lpad(x.get(0), x.get(1), x.get(2)), s, DataType.TINYINT, s);
        add("rpad", x -> TextFunctions.rpad(x.get(0), x.get(1), x.get(2)), s, DataType.TINYINT, s);
        add("substring", x -> SubstringFunctions.substring(x.get(0), x.get(1), x.get(2)), s, i, i);
        add("substring from", x -> SubstringFunctions.substring(x.get(0), x.get(1), null), s, DataType.BIGINT);
        add(
                "substring bytes",
                x -> SubstringFunctions.substring(x.get(0), x.get(1), x.get(2)),
                DataType.VARBINARY,
                i,
                i);
        add("left", x -> SubstringFunctions.left(x.get(0), x.get(1)), s, i);
        add("right", x -> SubstringFunctions.right(x.get(0), x.get(1)), s, DataType.BIGINT);
        for (SubstringFunctions.Side side : SubstringFunctions.Side.values()) {
            add("trim " + side, x -> SubstringFunctions.trim(side, x.get(0), x.get(1)), s, s);
        }
        add("position", x -> SubstringFunctions.position(x.get(0), x.get(1), null), s, s);
        add("position from", x -> SubstringFunctions.position(x.get(0), x.get(1), x.get(2)), s, s, i);
        add("overlay", x -> SubstringFunctions.overlay(x.get(0), x.get(1), x.get(2), x.get(3)), s, s, i, i);
        add("starts_with", x -> SubstringFunctions.startsWith(x.get(0), x.get(1)), s, s);
        add("ends_with", x -> SubstringFunctions.endsWith(x.get(0), x.get(1)), s, s);
        add("contains", x -> SubstringFunctions.contains(x.get(0), x.get(1)), s, s);
        add("like", x -> Like.of(x.get(0), x.get(1), null, false, false), s, s);
        add("not like", x -> Like.of(x.get(0), Eval.lit("a%", s), null, false, true), s);
        add("ilike", x -> Like.of(x.get(0), Eval.lit("%B%", s), null, true, false), s);
    }

    private void times() {
        List<DataType> points = List.of(DataType.DATE, DataType.TIMESTAMP, DataType.TIMESTAMP_LTZ);
        for (DataType type : points) {
            for (DatePart part : DatePart.values()) {
                add("extract " + part, x -> Extract.of(part, x.get(0), DataType.BIGINT), type);
                if (part.months() > 0 || part.micros() > 0) {
                    add("floor to " + part, x -> TimeRounding.floor(part, x.get(0)), type);
                    add("ceil to " + part, x -> TimeRounding.ceil(part, x.get(0)), type);
                    add("add " + part, x -> TimeArithmetic.add(part, x.get(0), x.get(1), type), DataType.TINYINT, type);
                    add(
                            "difference " + part,
                            x -> TimeArithmetic.difference(part, x.get(0), x.get(1), DataType.BIGINT),
                            type,
                            type);
                }
            }
            for (DataType interval : List.of(DataType.INTERVAL_DAY, DataType.INTERVAL_MONTH)) {
                add("+", x -> Arithmetic.of(Arithmetic.Operator.ADD, x.get(0), x.get(1), type), interval, type);
                add("-", x -> Arithmetic.of(Arithmetic.Operator.SUBTRACT, x.get(0), x.get(1), type), type, interval);
                add(
                        "- to " + interval,
                        x -> Arithmetic.of(Arithmetic.Operator.SUBTRACT, x.get(0), x.get(1), interval),
                        type,
                        type);
            }
        }
        add("epoch", x -> Extract.of(DatePart.EPOCH, x.get(0), DataType.DOUBLE), DataType.INTERVAL_MONTH);
        add("second", x -> Extract.of(DatePart.SECOND, x.get(0), DataType.decimal(18, 6)), DataType.INTERVAL_DAY);
        add(
                "interval * number",
                x -> Arithmetic.of(Arithmetic.Operator.MULTIPLY, x.get(0), x.get(1), DataType.INTERVAL_DAY),
                DataType.INTEGER,
                DataType.INTERVAL_DAY);
        add(
                "interval / number",
                x -> Arithmetic.of(Arithmetic.Operator.DIVIDE, x.get(0), x.get(1), DataType.INTERVAL_DAY),
                DataType.INTERVAL_DAY,
                DataType.DOUBLE);
    }

    private void nested() {
        add("field", x -> RowField.of(x.get(0), 1), ROW);
        add("row", x -> RowConstructor.of(x, ROW), DataType.INTEGER, DataType.VARCHAR);
        add("array", x -> ArrayConstructor.of(x, (DataType.Array) ARRAY), DataType.INTEGER, DataType.INTEGER);
        add("array || array", ArrayConstructor::concat, ARRAY, ARRAY);
        add(
                "map",
                x -> MapConstructor.of(List.of(x.get(0), x.get(1)), List.of(x.get(2), x.get(2)), (DataType.Map) MAP),
                DataType.VARCHAR,
                DataType.VARCHAR,
                DataType.DOUBLE);
        add("array item", x -> ItemAccess.of(x.get(0), x.get(1)), ARRAY, DataType.INTEGER);
        add("map item", x -> ItemAccess.of(x.get(0), x.get(1)), MAP, DataType.VARCHAR);
        add("cardinality", x -> Cardinality.of(x.get(0)), ARRAY);
        add("cardinality of map", x -> Cardinality.of(x.get(0)), MAP);
        add("contains", x -> ArrayContains.of(x.get(0), x.get(1)), ARRAY, DataType.INTEGER);
    }
}
