// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HadoopSettingsTest {
    private static final String ENDPOINT = "fs.s3a.endpoint";
    private static final String REGION = "fs.s3a.endpoint.region";
    private static final String PATH_STYLE = "fs.s3a.path.style.access";

    @TempDir
    Path folder;

    private static Configuration of(Map<String, String> environment, String... properties) {
        Properties system = new Properties();
        for (int i = 0; i < properties.length; i += 2) {
            system.setProperty(properties[i], properties[i + 1]);
        }
        return HadoopSettings.of(environment, system);
    }

    @Test
    void amazonIsTheDefault() {
        Configuration settings = of(Map.of());
        assertThat(settings.getTrimmed(ENDPOINT, "")).isEmpty();
        assertThat(settings.get(PATH_STYLE)).isEqualTo("false");
        assertThat(settings.getTrimmedStrings("fs.s3a.aws.credentials.provider"))
                .contains("software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider")
                .endsWith("org.apache.hadoop.fs.s3a.AnonymousAWSCredentialsProvider");
    }

    @Test
    void endpointOfTheEnvironmentIsUsed() {
        Configuration settings = of(Map.of("AWS_ENDPOINT_URL", "http://127.0.0.1:9000"));
        assertThat(settings.get(ENDPOINT)).isEqualTo("http://127.0.0.1:9000");
        assertThat(settings.get(PATH_STYLE)).isEqualTo("true");
        assertThat(settings.get(REGION)).isEqualTo("us-east-1");
        Map<String, String> both = Map.of(
                "AWS_ENDPOINT_URL", "http://all", "AWS_ENDPOINT_URL_S3", "http://s3", "AWS_REGION", "eu-central-1");
        assertThat(of(both).get(ENDPOINT)).isEqualTo("http://s3");
        assertThat(of(both).get(REGION)).isEqualTo("eu-central-1");
    }

    @Test
    void hostNamesOfBucketsStayWithAmazon() {
        Configuration settings = of(Map.of("AWS_ENDPOINT_URL_S3", "https://s3.eu-west-1.amazonaws.com"));
        assertThat(settings.get(PATH_STYLE)).isEqualTo("false");
    }

    @Test
    void siteFileWinsOverTheEnvironmentAndSystemPropertiesOverBoth() throws IOException {
        Files.writeString(
                folder.resolve("core-site.xml"),
                "<configuration><property><name>" + ENDPOINT + "</name><value>http://site</value></property>"
                        + "<property><name>fs.s3a.retry.limit</name><value>9</value></property></configuration>");
        Map<String, String> environment =
                Map.of("HADOOP_CONF_DIR", folder.toString(), "AWS_ENDPOINT_URL_S3", "http://environment");
        assertThat(of(environment).get(ENDPOINT)).isEqualTo("http://site");
        assertThat(of(environment).get("fs.s3a.retry.limit")).isEqualTo("9");
        Configuration settings = of(environment, ENDPOINT, "http://property", PATH_STYLE, "false", "user.name", "x");
        assertThat(settings.get(ENDPOINT)).isEqualTo("http://property");
        assertThat(settings.get(PATH_STYLE)).isEqualTo("false");
    }
}
