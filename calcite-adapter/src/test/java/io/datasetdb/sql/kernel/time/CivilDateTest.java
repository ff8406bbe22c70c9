// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CivilDateTest {
    @Test
    void agreesWithTheIsoChronologyOverMillionsOfYears() {
        long seed = 42;
        Random random = new Random(seed);
        for (int i = 0; i < 30_000; i++) {
            long days = i < 15_000 ? random.nextInt(4_000_000) - 2_000_000 : random.nextInt();
            LocalDate date = LocalDate.ofEpochDay(days);
            long civil = CivilDate.fromDays(days);
            String where = "seed " + seed + ", day " + days;
            assertThat(CivilDate.year(civil)).as(where).isEqualTo(date.getYear());
            assertThat(CivilDate.month(civil)).as(where).isEqualTo(date.getMonthValue());
            assertThat(CivilDate.day(civil)).as(where).isEqualTo(date.getDayOfMonth());
            assertThat(CivilDate.toDays(date.getYear(), date.getMonthValue(), date.getDayOfMonth()))
                    .as(where)
                    .isEqualTo(days);
            assertThat(CivilDate.isoDayOfWeek(days))
                    .as(where)
                    .isEqualTo(date.getDayOfWeek().getValue());
            assertThat(CivilDate.dayOfYear(days)).as(where).isEqualTo(date.getDayOfYear());
            assertThat(CivilDate.isoWeek(days)).as(where).isEqualTo(date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
            assertThat(CivilDate.isoYear(days)).as(where).isEqualTo(date.get(IsoFields.WEEK_BASED_YEAR));
            int months = random.nextInt(5_000) - 2_500;
            assertThat(CivilDate.addMonths(days, months))
                    .as(where + " + " + months)
                    .isEqualTo(date.plusMonths(months).toEpochDay());
        }
    }

    @Test
    void monthsBetweenCountsWholeMonths() {
        assertThat(months("2024-01-31", "2024-02-29")).isZero();
        assertThat(months("2024-01-31", "2024-03-31")).isEqualTo(2);
        assertThat(months("2024-03-31", "2024-01-31")).isEqualTo(-2);
        assertThat(months("2024-03-30", "2024-01-31")).isEqualTo(-1);
        assertThat(months("-0001-12-01", "0001-01-01")).isEqualTo(13);
    }

    private static long months(String from, String to) {
        return CivilDate.monthsBetween(
                LocalDate.parse(from).toEpochDay() * CivilDate.MICROS_PER_DAY,
                LocalDate.parse(to).toEpochDay() * CivilDate.MICROS_PER_DAY);
    }
}
