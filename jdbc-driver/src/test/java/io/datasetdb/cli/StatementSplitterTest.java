// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StatementSplitterTest {
    @Test
    void semicolonsSeparateStatementsThatKeepTheirText() {
        assertThat(StatementSplitter.split(" SELECT 1 ;\n\nSELECT\n 2")).containsExactly("SELECT 1", "SELECT\n 2");
        assertThat(StatementSplitter.split("")).isEmpty();
        assertThat(StatementSplitter.split(" ;; \n;")).isEmpty();
    }

    @Test
    void semicolonsInTextNamesCommentsAndSourcesSeparateNothing() {
        assertThat(StatementSplitter.split("SELECT 'a;''b', \"c;d\"; -- e;f\nSELECT /* ; */ 2; -- end;"))
                .containsExactly("SELECT 'a;''b', \"c;d\"", "-- e;f\nSELECT /* ; */ 2");
        assertThat(StatementSplitter.split("CREATE FUNCTION f AS $$ return 1; $$; SELECT $x$ ; $$ ; $x$; SELECT 1"))
                .containsExactly("CREATE FUNCTION f AS $$ return 1; $$", "SELECT $x$ ; $$ ; $x$", "SELECT 1");
    }

    @Test
    void whatIsNotClosedReachesToTheEnd() {
        assertThat(StatementSplitter.split("SELECT 'a;b")).containsExactly("SELECT 'a;b");
        assertThat(StatementSplitter.split("SELECT 1 /* ; ")).containsExactly("SELECT 1 /* ;");
        assertThat(StatementSplitter.split("SELECT a$b; SELECT 2$")).containsExactly("SELECT a$b", "SELECT 2$");
    }
}
