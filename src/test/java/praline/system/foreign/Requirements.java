package praline.system.foreign;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import praline.system.Program;

/**
 * What these tests need from the machine. Where it is missing they are skipped, and say so; on the build server they
 * fail.
 */
final class Requirements {

    private static final ImmutableList<String> PROGRAMS =
            ImmutableList.of("ip", "aria2c", "transmission-daemon", "transmission-remote", Libtorrent.PYTHON);

    private Requirements() {}

    /** Returns only if everything is there. */
    static void check() {
        List<String> missing = new ArrayList<>();
        PROGRAMS.stream().filter(program -> !isInstalled(program)).forEach(missing::add);
        if (!missing.contains(Libtorrent.PYTHON) && !hasLibtorrent()) {
            missing.add("python3-libtorrent");
        }
        if (!isRoot()) {
            missing.add("the rights of root, for a network of our own");
        }
        if (missing.isEmpty()) {
            return;
        }
        String message = "no other client was tried; missing: " + String.join(", ", missing);
        if ("true".equals(System.getenv("CI"))) {
            throw new AssertionError(message);
        }
        Assumptions.abort(message);
    }

    private static boolean isInstalled(String program) {
        return Splitter.on(':')
                .splitToStream(System.getenv().getOrDefault("PATH", ""))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder).resolve(program)));
    }

    private static boolean hasLibtorrent() {
        return Program.run(ImmutableList.of(Libtorrent.PYTHON, "-c", "import libtorrent"))
                        .exitCode()
                == 0;
    }

    private static boolean isRoot() {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException | UnsupportedOperationException e) {
            return false; // Another system than Linux.
        }
    }
}
