package praline.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;

/** A class that breaks a rule on purpose, compiled from its text so that the violation can be read beside its test. */
final class PlantedClass {
    private PlantedClass() {}

    /** Compiles one class with this body and returns the folder that then holds nothing but its class files. */
    static Path compile(Path folder, String packageName, String name, String body) {
        try {
            Path own = Files.createTempDirectory(folder, "planted");
            Path source = own.resolve(name + ".java");
            Files.writeString(source, "package " + packageName + "; class " + name + " { " + body + " }");
            Path classes = Files.createDirectory(own.resolve("classes"));
            int result = ToolProvider.getSystemJavaCompiler()
                    .run(
                            null,
                            null,
                            null,
                            "-proc:none",
                            "-cp",
                            classPath(),
                            "-d",
                            classes.toString(),
                            source.toString());
            assertThat(result).as("compiling %s", body).isZero();
            return classes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }
}
