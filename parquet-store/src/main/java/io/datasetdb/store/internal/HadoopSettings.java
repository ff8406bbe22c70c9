// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal;

import java.io.File;
import java.net.MalformedURLException;
import java.util.Map;
import java.util.Properties;
import org.apache.hadoop.conf.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * Hadoop's properties as this process uses them. What a user says wins, later over earlier:
 *
 * <ol>
 *   <li>Hadoop's own defaults;
 *   <li>ours for S3: credentials wherever AWS's own tools look for them and none at all for public buckets, an endpoint and a
 *       region from the environment, and time-outs and attempts after which a storage that does not answer is given up in
 *       minutes rather than in half an hour;
 *   <li>{@code core-site.xml} on the class path;
 *   <li>{@code core-site.xml} and {@code hdfs-site.xml} in {@code $HADOOP_CONF_DIR};
 *   <li>Java system properties that begin with {@code fs.} ({@code -Dfs.s3a.endpoint=…}).
 * </ol>
 */
final class HadoopSettings {
    private static final String ENDPOINT = "fs.s3a.endpoint";
    private static final String REGION = "fs.s3a.endpoint.region";
    private static final String HADOOP_DEFAULTS = "core-default.xml";

    private static final Map<String, String> OURS = Map.ofEntries(
            Map.entry(
                    "fs.s3a.aws.credentials.provider",
                    String.join(
                            ",",
                            "org.apache.hadoop.fs.s3a.TemporaryAWSCredentialsProvider",
                            "org.apache.hadoop.fs.s3a.SimpleAWSCredentialsProvider",
                            "software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider",
                            "org.apache.hadoop.fs.s3a.AnonymousAWSCredentialsProvider")),
            // The default stream needs the asynchronous client and fetches ahead what pruning means to skip.
            Map.entry("fs.s3a.input.stream.type", "classic"),
            // Auditing sends local paths and the user's name along with each request.
            Map.entry("fs.s3a.audit.enabled", "false"),
            // Not every storage that speaks S3 tags its objects; where there are tags, a change while reading is
            // noticed.
            Map.entry("fs.s3a.change.detection.version.required", "false"),
            // No key is magic: "__magic" in a path is a name like any other.
            Map.entry("fs.s3a.committer.magic.enabled", "false"),
            Map.entry("fs.s3a.attempts.maximum", "1"),
            Map.entry("fs.s3a.retry.limit", "2"),
            Map.entry("fs.s3a.retry.interval", "300ms"),
            Map.entry("fs.s3a.retry.throttle.limit", "4"),
            Map.entry("fs.s3a.retry.throttle.interval", "300ms"),
            Map.entry("fs.s3a.connection.establish.timeout", "15s"),
            Map.entry("fs.s3a.connection.timeout", "20s"));

    private HadoopSettings() {}

    /** The properties under an environment and system properties. */
    static Configuration of(Map<String, String> environment, Properties system) {
        Configuration result = new Configuration();
        addSites(result, environment.get("HADOOP_CONF_DIR"));
        OURS.forEach((name, value) -> setUnlessSaid(result, name, value));
        for (String name : system.stringPropertyNames()) {
            if (name.startsWith("fs.")) {
                result.set(name, system.getProperty(name), "system property");
            }
        }
        setEndpoint(result, environment);
        return result;
    }

    private static void addSites(Configuration configuration, @Nullable String folder) {
        if (folder == null || folder.isBlank()) {
            return;
        }
        for (String name : new String[] {"core-site.xml", "hdfs-site.xml"}) {
            File site = new File(folder, name);
            if (site.isFile()) {
                try {
                    configuration.addResource(site.toURI().toURL());
                } catch (MalformedURLException e) {
                    throw new IllegalStateException("a file has a URL", e);
                }
            }
        }
    }

    /** A storage that is not Amazon's rarely has a host name for each bucket, and never minds the region. */
    private static void setEndpoint(Configuration configuration, Map<String, String> environment) {
        String endpoint = first(environment, "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL");
        if (endpoint != null) {
            setUnlessSaid(configuration, ENDPOINT, endpoint);
        }
        String region = first(environment, "AWS_REGION", "AWS_DEFAULT_REGION");
        if (region != null) {
            setUnlessSaid(configuration, REGION, region);
        }
        String used = configuration.getTrimmed(ENDPOINT, "");
        if (!used.isEmpty() && !used.contains("amazonaws.com")) {
            setUnlessSaid(configuration, "fs.s3a.path.style.access", "true");
            setUnlessSaid(configuration, REGION, "us-east-1");
        }
    }

    private static @Nullable String first(Map<String, String> environment, String... names) {
        for (String name : names) {
            String value = environment.get(name);
            if (value != null && !value.isBlank()) {
                return value.trim();
            }
        }
        return null;
    }

    private static void setUnlessSaid(Configuration configuration, String name, String value) {
        String[] sources = configuration.getPropertySources(name);
        if (sources == null || sources.length == 0 || sources[sources.length - 1].equals(HADOOP_DEFAULTS)) {
            configuration.set(name, value);
        }
    }
}
