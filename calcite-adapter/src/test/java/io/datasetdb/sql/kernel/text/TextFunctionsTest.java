// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel.text;

import static io.datasetdb.sql.kernel.Eval.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.kernel.Eval;
import io.datasetdb.sql.kernel.Expression;
import io.datasetdb.vector.DataType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextFunctionsTest {
    private static Expression s(String text) {
        return lit(text, DataType.VARCHAR);
    }

    private static Expression n(int number) {
        return lit(number, DataType.INTEGER);
    }

    private static @Nullable Object one(Expression expression) {
        return Eval.one(expression);
    }

    @Test
    void changesCaseOfAllAlphabets() {
        assertThat(one(TextFunctions.upper(s("aZ{é😀ß")))).isEqualTo("AZ{É😀SS");
        assertThat(one(TextFunctions.lower(s("[AZ@É")))).isEqualTo("[az@é");
        assertThat(one(TextFunctions.upper(s("`az{")))).isEqualTo("`AZ{");
        assertThat(one(TextFunctions.initcap(s("hello wORLD-x 2nd éa")))).isEqualTo("Hello World-X 2nd Éa");
    }

    @Test
    void countsCodePointsAndBytes() {
        assertThat(one(TextFunctions.charLength(s("a😀é")))).isEqualTo(3);
        assertThat(one(TextFunctions.octetLength(s("a😀é")))).isEqualTo(7);
        assertThat(one(TextFunctions.reverse(s("a😀é")))).isEqualTo("é😀a");
        assertThat(one(TextFunctions.ascii(s("😀")))).isEqualTo(0x1F600);
        assertThat(one(TextFunctions.ascii(s("")))).isEqualTo(0);
        assertThat(one(TextFunctions.chr(n(0x1F600)))).isEqualTo("😀");
        assertThatThrownBy(() -> one(TextFunctions.chr(n(0xD800)))).isInstanceOf(DatasetDbException.class);
    }

    /** As PostgreSQL 16. */
    @ParameterizedTest
    @CsvSource(
            value = {
                "2|3|bcd",
                "0|3|ab",
                "-1|3|a",
                "-5|3|''",
                "1|0|''",
                "5|10|efg",
                "8|1|''",
                "2147483647|2147483647|''",
                "-2147483648|2147483647|''",
                "-2|2147483647|abcdefg"
            },
            delimiter = '|')
    void substringCountsPositionsBelowOne(int start, int length, String expected) {
        assertThat(one(SubstringFunctions.substring(s("abcdefg"), n(start), n(length))))
                .isEqualTo(expected);
    }

    @Test
    void substringOfCodePointsAndBytes() {
        assertThat(one(SubstringFunctions.substring(s("a😀é日"), n(2), n(2)))).isEqualTo("😀é");
        assertThat(one(SubstringFunctions.substring(s("a😀é日"), n(3), null))).isEqualTo("é日");
        assertThat(one(SubstringFunctions.substring(s("abc"), n(-3), null))).isEqualTo("abc");
        assertThat(one(SubstringFunctions.substring(lit(new byte[] {1, -2, 3}, DataType.VARBINARY), n(2), n(9))))
                .isEqualTo(List.of((byte) -2, (byte) 3));
        assertThatThrownBy(() -> one(SubstringFunctions.substring(s("a"), n(1), n(-1))))
                .isInstanceOf(DatasetDbException.class)
                .extracting(e -> ((DatasetDbException) e).sqlState())
                .isEqualTo("22011");
    }

    @Test
    void leftAndRightTakeNegativeCounts() {
        assertThat(one(SubstringFunctions.left(s("a😀éd"), n(2)))).isEqualTo("a😀");
        assertThat(one(SubstringFunctions.left(s("a😀éd"), n(-1)))).isEqualTo("a😀é");
        assertThat(one(SubstringFunctions.right(s("a😀éd"), n(3)))).isEqualTo("😀éd");
        assertThat(one(SubstringFunctions.right(s("a😀éd"), n(-3)))).isEqualTo("d");
        assertThat(one(SubstringFunctions.right(s("ab"), n(-5)))).isEqualTo("");
    }

    @Test
    void trimsAnyOfTheCharacters() {
        assertThat(one(SubstringFunctions.trim(SubstringFunctions.Side.BOTH, s(" "), s("  a b "))))
                .isEqualTo("a b");
        assertThat(one(SubstringFunctions.trim(SubstringFunctions.Side.LEADING, s("xé"), s("éxxaéx"))))
                .isEqualTo("aéx");
        assertThat(one(SubstringFunctions.trim(SubstringFunctions.Side.TRAILING, s("é😀"), s("aé😀é"))))
                .isEqualTo("a");
        assertThat(one(SubstringFunctions.trim(SubstringFunctions.Side.BOTH, s("a"), s("aaa"))))
                .isEqualTo("");
        assertThat(one(SubstringFunctions.trim(SubstringFunctions.Side.BOTH, s(""), s(" a "))))
                .isEqualTo(" a ");
    }

    @Test
    void findsAndReplaces() {
        assertThat(one(SubstringFunctions.position(s("é"), s("a😀éé"), null))).isEqualTo(3);
        assertThat(one(SubstringFunctions.position(s("é"), s("a😀éé"), n(4)))).isEqualTo(4);
        assertThat(one(SubstringFunctions.position(s("x"), s("abc"), null))).isEqualTo(0);
        assertThat(one(SubstringFunctions.position(s(""), s("abc"), null))).isEqualTo(1);
        assertThat(one(SubstringFunctions.position(s("a"), s("abc"), n(0)))).isEqualTo(0);
        assertThat(one(TextFunctions.replace(s("aaa"), s("aa"), s("b")))).isEqualTo("ba");
        assertThat(one(TextFunctions.replace(s("abc"), s(""), s("x")))).isEqualTo("abc");
        assertThat(one(SubstringFunctions.overlay(s("Txxxxas"), s("hom"), n(2), n(4))))
                .isEqualTo("Thomas");
        assertThat(one(SubstringFunctions.overlay(s("abcdef"), s("XY"), n(3), null)))
                .isEqualTo("abXYef");
        assertThat(one(SubstringFunctions.startsWith(s("abc"), s("ab")))).isEqualTo(true);
        assertThat(one(SubstringFunctions.endsWith(s("abc"), s("xabc")))).isEqualTo(false);
        assertThat(one(SubstringFunctions.contains(s("abc"), s("bc")))).isEqualTo(true);
    }

    @Test
    void padsToCodePoints() {
        assertThat(one(TextFunctions.lpad(s("é"), n(4), s("x😀")))).isEqualTo("x😀xé");
        assertThat(one(TextFunctions.rpad(s("abc"), n(2), s(" ")))).isEqualTo("ab");
        assertThat(one(TextFunctions.rpad(s("abc"), n(5), s("")))).isEqualTo("abc");
        assertThat(one(TextFunctions.lpad(s("abc"), n(-1), s("x")))).isEqualTo("");
    }

    @Test
    void concatenatesWithAndWithoutNulls() {
        assertThat(one(TextFunctions.concat(List.of(s("a"), s("😀"), s("c"))))).isEqualTo("a😀c");
        Expression column = Eval.col(0, DataType.VARCHAR);
        assertThat(Eval.all(TextFunctions.concat(List.of(s("<"), column)), Eval.column(DataType.VARCHAR, "x", null)))
                .isEqualTo(Arrays.asList("<x", null));
        assertThat(Eval.all(
                        TextFunctions.concatIgnoringNulls(List.of(s("<"), column, s(">"))),
                        Eval.column(DataType.VARCHAR, "x", null)))
                .isEqualTo(List.of("<x>", "<>"));
    }

    @Test
    void resultsThatAreTooLongAreErrors() {
        assertThat(one(TextFunctions.repeat(s("ab"), n(3)))).isEqualTo("ababab");
        assertThat(one(TextFunctions.repeat(s("ab"), n(-3)))).isEqualTo("");
        assertThatThrownBy(() -> one(TextFunctions.repeat(s("ab"), n(Integer.MAX_VALUE))))
                .isInstanceOf(DatasetDbException.class)
                .hasMessageContaining("Cannot compute repeat: the result would be longer");
        assertThatThrownBy(() -> one(TextFunctions.lpad(s("ab"), n(Integer.MAX_VALUE), s(" "))))
                .isInstanceOf(DatasetDbException.class);
    }
}
