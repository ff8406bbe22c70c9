// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.store.ColumnPath;
import io.datasetdb.udf.ListingTable;
import io.datasetdb.udf.LocalFiles;
import io.datasetdb.udf.Rows;
import io.datasetdb.udf.UdfError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListStorageTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void write() throws IOException {
        for (String name :
                List.of("a.jpg", "b.png", "x/c.jpg", "x/y/d.jpg", "x/y/e.txt", "z/[1].jpg", "z/ü 100%.jpg", "empty/")) {
            Path file = folder.resolve(name);
            if (name.endsWith("/")) {
                Files.createDirectories(file);
            } else {
                Files.createDirectories(file.getParent());
                Files.writeString(file, name);
                Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2024-01-02T03:04:05.006Z")));
            }
        }
    }

    private ListingTable list(String location) {
        return (ListingTable) Rows.bind(new LocalFiles(), "list_storage", location, Map.of());
    }

    private String names(String location) {
        String root = folder.toString().substring(1) + "/";
        return String.join(
                " ",
                Rows.read(list(location), ColumnPath.of("file", "path")).stream()
                        .map(row -> row.get(0).toString().replace(root, ""))
                        .toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/*.jpg|a.jpg",
                "/**/*.jpg|a.jpg x/c.jpg x/y/d.jpg z/[1].jpg z/ü 100%.jpg",
                "/x/**|x/c.jpg x/y/d.jpg x/y/e.txt",
                "/x|x/c.jpg x/y/d.jpg x/y/e.txt",
                "/x/|x/c.jpg x/y/d.jpg x/y/e.txt",
                "/x/../x/./c.jpg|x/c.jpg",
                "/x/*|x/c.jpg",
                "/?.{jpg,png}|a.jpg b.png",
                "/*/[c-d].jpg|x/c.jpg",
                "/**/[!c-d].*|a.jpg b.png x/y/e.txt",
                "/x/y/{c..e}.*|''",
                "/z/[[]1].jpg|z/[1].jpg",
                "/z/\\[{1..3}].jpg|z/[1].jpg",
                "/empty|''",
                "/*.gif|''",
                "/z/ü 100%.jpg|z/ü 100%.jpg"
            })
    void globsMatch(String glob, String names) {
        assertThat(names(folder + glob)).isEqualTo(names);
    }

    @Test
    void rowsDescribeFiles() {
        List<List<Object>> rows = Rows.all(list(folder + "/x/c.jpg"));
        List<?> file = (List<?>) rows.get(0).get(0);
        assertThat(file.get(0)).isEqualTo("file://");
        assertThat(file.get(1)).isEqualTo(folder.resolve("x/c.jpg").toString().substring(1));
        assertThat(file.get(2)).isEqualTo(7L);
        assertThat(file.get(3)).isEqualTo("");
        assertThat((String) file.get(4)).isNotEmpty();
        assertThat(file.get(5)).isEqualTo(true);
        assertThat(file.get(6)).isEqualTo(LocalDateTime.parse("2024-01-02T03:04:05.006"));
    }

    @Test
    void locationIsAnAbsoluteUriThatListsTheSame() {
        assertThat(list(folder + "/x").location()).isEqualTo("file://" + folder + "/x/**");
        assertThat(list(folder + "/a.jpg").location()).isEqualTo("file://" + folder + "/a.jpg");
        ListingTable odd = list(folder + "/z/*%.jpg");
        assertThat(odd.location()).isEqualTo("file://" + folder + "/z/*%.jpg");
        assertThat(list(odd.location()).fingerprint()).isEqualTo(odd.fingerprint());
        assertThat(odd.rowCount()).isEqualTo(1);
        assertThat(odd.inputs()).containsExactly(odd.location());
        assertThat(names("file:" + folder + "/z/ü 100%.jpg")).isEqualTo("z/ü 100%.jpg");
    }

    @Test
    void fingerprintChangesWithTheFilesOnly() throws IOException {
        String before = list(folder.toString()).fingerprint();
        assertThat(list(folder.toString()).fingerprint()).isEqualTo(before);
        Path file = folder.resolve("a.jpg");
        Files.writeString(file, "longer than before");
        assertThat(list(folder.toString()).fingerprint()).isNotEqualTo(before);
        Files.writeString(file, "a.jpg");
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2024-01-02T03:04:05.006Z")));
        assertThat(list(folder.toString()).fingerprint()).isEqualTo(before);
        Files.delete(file);
        assertThat(list(folder.toString()).fingerprint()).isNotEqualTo(before);
    }

    @Test
    void missingFolderIsAnError() {
        for (String location : List.of("/nowhere", "/nowhere/*.jpg", "/nowhere.txt")) {
            assertThatThrownBy(() -> list(folder + location))
                    .isInstanceOfSatisfying(
                            DatasetDbException.class, e -> assertThat(e.code()).isEqualTo(UdfError.FILE_NOT_FOUND))
                    .hasMessageContaining("Cannot list '" + folder + location + "'");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"/{a,b|'}' is missing", "/[ab|']' is missing", "/[z-a]|a range goes backwards"},
            quoteCharacter = '"')
    void brokenGlobSaysWhatIsMissing(String glob, String reason) {
        assertThatThrownBy(() -> list(folder + glob))
                .isInstanceOfSatisfying(
                        DatasetDbException.class, e -> assertThat(e.code()).isEqualTo(UdfError.BAD_GLOB))
                .hasMessageContaining(reason);
    }

    @Test
    void messagesShowTheGlobAsItIs() {
        assertThatThrownBy(() -> list(folder + "/[ab")).hasMessageEndingWith("(" + folder + "/[ab)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "a\0b"})
    void whatIsNoLocationIsRefused(String location) {
        assertThatThrownBy(() -> list(location))
                .isInstanceOfSatisfying(
                        DatasetDbException.class, e -> assertThat(e.code()).isEqualTo(UdfError.BAD_ARGUMENT))
                .hasMessageStartingWith("Cannot list files: ");
    }

    /** Walking through all that is below the first star would take a long time in a large tree. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/*.jpg|''",
                "/x/*.jpg|''",
                "/*/*.jpg|/empty /x /z",
                "/x/*/*|/x/y",
                "/[x-z]/*|/x /z",
                "/{x,z}/*.jpg|/x /z",
                "/{x/y,z}/*.jpg|/empty /x /x/y /z",
                "/x/**|/x/y",
                "/**/y/*|/empty /x /x/y /z",
                "/?/y*/*|/x /x/y /z"
            })
    void onlyFoldersThatMayHoldAMatchAreEntered(String glob, String folders) {
        LocalFiles files = new LocalFiles();
        Rows.bind(files, "list_storage", folder + glob, Map.of());
        assertThat(files.entered().stream()
                        .map(path -> path.replace(folder.toString().substring(1), "")))
                .as(glob)
                .containsExactlyInAnyOrder(folders.isEmpty() ? new String[0] : folders.split(" "));
    }

    @Test
    void tenThousandFilesAreListedInByteOrder() throws IOException {
        Path many = Files.createDirectory(folder.resolve("many"));
        for (int i = 0; i < 10_000; i++) {
            Files.createFile(many.resolve("f" + i + ".bin"));
        }
        Files.createFile(many.resolve("\uE000"));
        Files.createFile(many.resolve("\uD83D\uDE00"));
        ListingTable table = list(many + "/**");
        List<List<Object>> rows = Rows.read(table, ColumnPath.of("file", "path"), ColumnPath.of("file", "size"));
        assertThat(rows).hasSize(10_002);
        assertThat(table.rowCount()).isEqualTo(10_002);
        assertThat(rows.get(10_000).get(0).toString()).endsWith("\uE000");
        assertThat(rows.get(10_001).get(0).toString()).endsWith("\uD83D\uDE00");
        assertThat(rows.subList(0, 10_000))
                .extracting(row -> row.get(0).toString())
                .isSorted();
    }
}
