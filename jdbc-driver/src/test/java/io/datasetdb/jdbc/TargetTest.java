// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datasetdb.sql.Engine;
import java.net.URI;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TargetTest {
    @Test
    void foldersAndUrisAreWarehouses() throws SQLException {
        assertThat(Target.parse("jdbc:datasetdb:some/dir").warehouse()).isEqualTo("some/dir");
        assertThat(Target.parse("jdbc:datasetdb:/abs").warehouse()).isEqualTo("/abs");
        assertThat(Target.parse("jdbc:datasetdb:s3://bucket/w").warehouse()).isEqualTo("s3://bucket/w");
        assertThat(Target.parse("jdbc:datasetdb:w?namespace=lab&project=a%20b").properties())
                .isEqualTo(Map.of("namespace", "lab", "project", "a b"));
    }

    @Test
    void twoSlashesAreAServer() throws SQLException {
        assertThat(Target.parse("jdbc:datasetdb://db:99/").server()).isEqualTo(URI.create("http://db:99/"));
        assertThat(Target.parse("jdbc:datasetdb://db").server()).isEqualTo(URI.create("http://db:8765/"));
        assertThat(Target.parse("jdbc:datasetdb://[::1]:1/?user=x").server()).isEqualTo(URI.create("http://[::1]:1/"));
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        for (String rest : new String[] {"", "///abs", "//host/path", "//", "w?x", "//h:port/"}) {
            assertThatThrownBy(() -> Target.parse("jdbc:datasetdb:" + rest))
                    .as(rest)
                    .isInstanceOf(SQLException.class)
                    .hasMessageStartingWith("Cannot understand the URL jdbc:datasetdb:" + rest + ": ");
        }
    }

    @Test
    void theDriverIsFoundAndLeavesOtherUrlsAlone() throws SQLException {
        assertThat(DriverManager.getDriver("jdbc:datasetdb:x")).isInstanceOf(Driver.class);
        assertThat(new Driver().connect("jdbc:other:x", null)).isNull();
        assertThat(new Driver().getPropertyInfo("jdbc:datasetdb:x", null))
                .extracting(property -> property.name)
                .containsExactly(
                        "user",
                        "password",
                        "namespace",
                        "project",
                        "author",
                        "source",
                        "threads",
                        "memory_limit",
                        "disabled_optimizers");
    }

    @Test
    void theDriverIsOfTheEnginesRelease() {
        assertThat(Release.VERSION).isEqualTo(Engine.version()).startsWith(Release.MAJOR + "." + Release.MINOR + ".");
    }
}
