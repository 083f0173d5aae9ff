package praline.lab.cluster;

import com.google.common.collect.ImmutableList;
import com.google.common.io.Resources;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The free texts that a cluster shares when the user gives no folder of their own. Their README, beside them among the
 * resources, says where they are from.
 */
public final class Corpus {

    private static final String FOLDER = "corpus/";

    private Corpus() {}

    /** The files' names, sorted. */
    public static ImmutableList<String> names() throws IOException {
        return ImmutableList.copyOf(Resources.readLines(resource("index"), StandardCharsets.UTF_8));
    }

    /**
     * Writes all files into {@code folder}, which is made when it is not there. Files that are there are written anew.
     */
    public static void writeTo(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (String name : names()) {
            try (InputStream content = resource(name).openStream()) {
                Files.write(folder.resolve(name), content.readAllBytes());
            }
        }
    }

    private static URL resource(String name) {
        return Resources.getResource(Corpus.class, FOLDER + name);
    }
}
