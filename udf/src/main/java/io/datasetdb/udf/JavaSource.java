// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf;

import io.datasetdb.error.DatasetDbException;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Java source that is compiled in memory by the compiler of the JDK that runs this process. */
public final class JavaSource {
    private JavaSource() {}

    /**
     * Compiles and loads one public class.
     *
     * @param name of the function that it is, for messages
     * @param className of the class, which is in no package
     * @param firstLine lines before the user's first one, which messages do not count
     * @throws DatasetDbException with {@link UdfError#BAD_FUNCTION} if there is no compiler or the source has an error
     */
    public static Class<?> compile(String name, String className, String source, int firstLine) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw bad(
                    name, "this Java runtime has no compiler, start with a JDK", System.getProperty("java.home"), null);
        }
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        Map<String, ByteArrayOutputStream> classes = new HashMap<>();
        StandardJavaFileManager files = compiler.getStandardFileManager(problems, Locale.ROOT, null);
        boolean compiled = compiler.getTask(
                        null,
                        new InMemory(files, classes),
                        problems,
                        List.of("-parameters", "-proc:none", "-classpath", classPath()),
                        null,
                        List.of(new Text(className, source)))
                .call();
        if (!compiled) {
            Diagnostic<?> first = problems.getDiagnostics().stream()
                    .filter(problem -> problem.getKind() == Diagnostic.Kind.ERROR)
                    .findFirst()
                    .orElseThrow();
            String message = first.getMessage(Locale.ROOT).strip().replaceAll("\\s*\\R\\s*", ", ");
            throw bad(name, message.replaceAll(" {2,}", " "), line(first.getLineNumber() - firstLine), null);
        }
        try {
            return new InMemoryClasses(classes).loadClass(className);
        } catch (ClassNotFoundException e) {
            throw bad(name, "the compiler made no class of it", className, e);
        }
    }

    private static String line(long number) {
        return number < 1 ? "its parameters" : "line " + number;
    }

    /** What the program has, and where the annotations are: programs that load drivers have them elsewhere. */
    private static String classPath() {
        String ofProgram = System.getProperty("java.class.path");
        CodeSource own = JavaSource.class.getProtectionDomain().getCodeSource();
        try {
            return own == null || own.getLocation() == null
                    ? ofProgram
                    : ofProgram + File.pathSeparator + Path.of(own.getLocation().toURI());
        } catch (URISyntaxException | IllegalArgumentException | FileSystemNotFoundException e) {
            return ofProgram;
        }
    }

    private static DatasetDbException bad(String name, String reason, String value, @Nullable Throwable cause) {
        return new DatasetDbException(
                UdfError.BAD_FUNCTION, "Cannot compile function " + name + ": " + reason + " (" + value + ")", cause);
    }

    private static final class Text extends SimpleJavaFileObject {
        private final String source;

        Text(String className, String source) {
            super(URI.create("string:///" + className + Kind.SOURCE.extension), Kind.SOURCE);
            this.source = source;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
        }
    }

    private static final class InMemory extends ForwardingJavaFileManager<StandardJavaFileManager> {
        private final Map<String, ByteArrayOutputStream> classes;

        InMemory(StandardJavaFileManager files, Map<String, ByteArrayOutputStream> classes) {
            super(files);
            this.classes = classes;
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                JavaFileManager.Location location, String className, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("mem:///" + className + kind.extension), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return classes.computeIfAbsent(className, name -> new ByteArrayOutputStream());
                }
            };
        }
    }

    private static final class InMemoryClasses extends ClassLoader {
        private final Map<String, ByteArrayOutputStream> classes;

        InMemoryClasses(Map<String, ByteArrayOutputStream> classes) {
            super(JavaSource.class.getClassLoader());
            this.classes = classes;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            ByteArrayOutputStream bytes = classes.get(name);
            if (bytes == null) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, bytes.toByteArray(), 0, bytes.size());
        }
    }
}
