// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel.cast;

import io.datasetdb.sql.kernel.Bindings;
import io.datasetdb.sql.kernel.Expression;
import io.datasetdb.sql.kernel.Literal;
import io.datasetdb.sql.kernel.VectorCall;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import java.util.List;

/**
 * CAST and TRY_CAST between all types for which it makes sense; NULL stays NULL.
 *
 * <ul>
 *   <li>Numbers to narrower ones are checked (22003). DECIMAL to integer and to a smaller scale rounds half away from zero;
 *       DOUBLE and REAL to integer round half to even (PostgreSQL, DuckDB); DOUBLE to DECIMAL rounds the shortest decimal that
 *       stands for it.
 *   <li>BOOLEAN and numbers: TRUE is 1, FALSE 0, all but 0 is TRUE.
 *   <li>Text may have blanks around it; integers may be written as decimals ({@code '2.5'} rounds). What cannot be
 *       read is 22018, for dates and times 22007; the message names the value.
 *   <li>To VARCHAR: see {@link ValueText}. VARCHAR(n) cuts after n code points, CHAR(n) also pads with blanks.
 *   <li>DATE, TIMESTAMP and TIMESTAMP WITH LOCAL TIME ZONE: the session's zone is UTC. VARBINARY is the UTF-8 form of text,
 *       or what {@code \x}-prefixed hexadecimal digits say.
 *   <li>ARRAY, MAP, ROW: element by element, ROW fields by position.
 * </ul>
 *
 * With {@link Mode#TRY} a value that cannot be converted is NULL (inside ARRAY, MAP and ROW: that element).
 */
public final class Cast implements Expression {
    /** What a value that cannot be converted becomes. */
    public enum Mode {
        /** An error. */
        STRICT,
        /** NULL. */
        TRY
    }

    private final Expression input;
    private final DataType type;
    private final VectorCall call;

    private Cast(Expression input, DataType type, VectorCall.Body body) {
        this.input = input;
        this.type = type;
        this.call = VectorCall.of("CAST", List.of(input), type, body);
    }

    /** A cast without length that fails on what cannot be converted; {@code input} itself if it has the type already. */
    public static Expression of(Expression input, DataType target) {
        return of(input, target, -1, Mode.STRICT);
    }

    /** @param length most code points of a VARCHAR (bytes of a VARBINARY), or -1 */
    public static Expression of(Expression input, DataType target, int length, Mode mode) {
        if (input.type().kind() == DataType.Kind.NULL) {
            return Literal.ofNull(target);
        }
        if (input.type().equals(target) && length < 0) {
            return input;
        }
        return new Cast(
                input, target, CastBodies.of(input.type(), target, new CastTarget(target, length, false, mode)));
    }

    /** As CHAR(length): cut or padded with blanks to exactly so many code points. */
    public static Expression toChar(Expression input, int length, Mode mode) {
        CastTarget target = new CastTarget(DataType.VARCHAR, length, true, mode);
        return new Cast(input, DataType.VARCHAR, CastBodies.of(input.type(), DataType.VARCHAR, target));
    }

    /** Whether there is a cast at all. */
    public static boolean isPossible(DataType from, DataType to) {
        try {
            of(new io.datasetdb.sql.kernel.ColumnReference(0, from), to);
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    public Expression input() {
        return input;
    }

    @Override
    public DataType type() {
        return type;
    }

    @Override
    public Vector evaluate(Batch batch, Selection selection, Bindings bindings) {
        return call.evaluate(batch, selection, bindings);
    }
}
