package praline.system.foreign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where a participant is: in which network, at which address, and the folder of its own.
 *
 * @param address of its own in that network
 * @param home for its state and its log
 */
record Place(PrivateNetwork network, String address, Path home) {

    /** The folder for the torrent's data. */
    Path data() {
        return home.resolve("data");
    }

    /** What it says. */
    Path log() {
        return home.resolve("log");
    }

    /** IP:PORT, by which others reach it. */
    String endpoint() {
        return address + ":" + Participant.PORT;
    }

    static Place make(PrivateNetwork network, Path home) throws IOException {
        Files.createDirectories(home.resolve("data"));
        return new Place(network, network.newAddress(), home);
    }
}
