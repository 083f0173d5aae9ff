package praline.system.foreign;

import static org.awaitility.Awaitility.await;

import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import praline.system.Program;

/** Transmission: its daemon, told by its remote control what to do. It needs 10 s and more until its first request. */
final class Transmission implements Participant {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int CONTROL_PORT = 9091;

    @Override
    public Running join(Place place, String what) throws IOException {
        Path folder = Files.createDirectories(place.home().resolve("settings"));
        Files.writeString(folder.resolve("settings.json"), settings(place));
        Running daemon = Running.start(
                place.network().inside("transmission-daemon", "--foreground", "--config-dir", folder.toString()),
                place.log());
        try {
            await().atMost(PATIENCE).until(() -> control(place, "--session-info") == 0);
            await().atMost(PATIENCE)
                    .until(() -> control(
                                    place,
                                    "--add",
                                    what,
                                    "--download-dir",
                                    place.data().toString())
                            == 0);
        } catch (RuntimeException | Error e) {
            daemon.close();
            throw e;
        }
        return daemon;
    }

    private static int control(Place place, String... arguments) {
        ImmutableList<String> remote =
                place.network().inside("transmission-remote", place.address() + ":" + CONTROL_PORT);
        return Program.run(ImmutableList.<String>builder()
                        .addAll(remote)
                        .add(arguments)
                        .build())
                .exitCode();
    }

    private static String settings(Place place) {
        return """
                {
                  "bind-address-ipv4": "%1$s",
                  "peer-port": %2$d,
                  "rpc-bind-address": "%1$s",
                  "rpc-port": %3$d,
                  "rpc-whitelist-enabled": false,
                  "dht-enabled": false,
                  "lpd-enabled": false,
                  "utp-enabled": false,
                  "port-forwarding-enabled": false,
                  "message-level": 3
                }
                """.formatted(place.address(), PORT, CONTROL_PORT);
    }

    @Override
    public String toString() {
        return "Transmission";
    }
}
