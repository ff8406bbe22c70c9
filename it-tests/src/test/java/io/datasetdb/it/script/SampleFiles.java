// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.script;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of small files that scripts find under {@code ${data}}. */
final class SampleFiles {
    private SampleFiles() {}

    static Path write(Path folder) throws IOException {
        file(folder, "images/cat.jpg", "JPEG of a cat");
        file(folder, "images/dog.jpg", "JPEG of a dog, which is larger");
        file(folder, "images/2024/bird.png", "PNG");
        file(folder, "notes/read me.txt", "hello");
        file(folder, "notes/empty.txt", "");
        file(folder, "notes/.hidden", "x");
        file(folder, "archive.tar.gz", "not really an archive");
        file(
                folder,
                "people.csv",
                "id,name,born,score\n1,Ada,1815-12-10,9.5\n2,Grace,1906-12-09,\n3,\"Lovelace, A.\",1815-12-10,7\n");
        file(folder, "quoted.csv", "id;text\n1;\"two\nlines\"\n2;\"say \"\"hi\"\"\"\n");
        file(folder, "ragged.csv", "a,b\n1,2\n3\n");
        file(
                folder,
                "events.jsonl",
                "{\"id\": 1, \"tags\": [\"a\", \"b\"], \"user\": {\"name\": \"Ada\", \"age\": 36}}\n{\"id\": 2, \"tags\": [], \"user\": null}\n");
        file(folder, "broken.jsonl", "{\"id\": 1}\n{\"id\": \n");
        file(folder, "array.json", "[{\"x\": 1.5, \"y\": \"a\"}, {\"x\": 2, \"y\": null}]");
        return folder;
    }

    private static void file(Path folder, String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
