// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.script;

import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.server.DatasetServer;
import io.datasetdb.server.ServerConfig;
import io.datasetdb.sql.Engine;
import io.datasetdb.sql.EngineConfig;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every script of {@code src/test/resources/scripts} through every client, each on a warehouse of its own. What a script
 * really answered is left in {@code target/scripts}: to accept a change, copy it over the script.
 */
class ScriptTest {
    @TempDir
    Path folder;

    static Stream<Arguments> scripts() throws IOException, URISyntaxException {
        Path resources = Path.of(ScriptTest.class.getResource("/scripts").toURI());
        List<Path> files;
        try (Stream<Path> found = Files.list(resources)) {
            files = found.filter(file -> file.toString().endsWith(".iq"))
                    .sorted()
                    .toList();
        }
        return files.stream()
                .flatMap(file -> Stream.of(Client.values())
                        .map(client -> Arguments.of(file.getFileName().toString(), client, file)));
    }

    @ParameterizedTest(name = "{0} through {1}")
    @MethodSource("scripts")
    void scriptAnswersWhatItSays(String name, Client client, Path file) throws Exception {
        Path warehouse = folder.resolve("warehouse");
        Map<String, String> variables = new TreeMap<>();
        variables.put("data", SampleFiles.write(folder.resolve("data")).toString());
        Script script = Script.read(file);
        List<List<String>> results;
        if (client == Client.EMBEDDED) {
            results = run(client, warehouse, 0, variables, script);
        } else {
            try (Engine engine = Engine.open(new EngineConfig(warehouse.toString()));
                    DatasetServer server = DatasetServer.start(engine, ServerConfig.local(0))) {
                results = run(client, warehouse, server.port(), variables, script);
            }
        }
        Path actual = Path.of("target", "scripts", client.name(), name);
        Files.createDirectories(actual.getParent());
        Files.writeString(actual, script.with(results));
        for (int i = 0; i < results.size(); i++) {
            assertThat(results.get(i))
                    .as("%s through %s: %s", name, client, script.steps().get(i).sql())
                    .isEqualTo(script.steps().get(i).expected());
        }
    }

    private static List<List<String>> run(
            Client client, Path warehouse, int port, Map<String, String> variables, Script script) throws Exception {
        try (Connection connection = client.connect(warehouse, port)) {
            return new ScriptRunner(connection, variables).run(script);
        }
    }
}
