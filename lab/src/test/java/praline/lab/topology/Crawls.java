package praline.lab.topology;

import java.nio.file.Path;

/** Where the project keeps its real crawls; Surefire gives the module's folder as {@code basedir}. */
public final class Crawls {

    private Crawls() {}

    /** The crawl of a day of August 2002, such as {@code "04"}. */
    public static Path file(String day) {
        Path module = Path.of(System.getProperty("basedir", "lab"));
        return module.resolveSibling("data").resolve("topologies").resolve("p2p-Gnutella" + day + ".txt.gz");
    }
}
