package praline.lab.experiment;

/** How a file gets from one node to many. */
public enum Manner {
    /** A server sends a copy to each peer, over HTTP. */
    CLIENT_SERVER("client-server", "server"),
    /** The server sends pieces, and peers pass them on. */
    SWARM("swarm", "swarm");

    private final String id;
    private final String label;

    Manner(String id, String label) {
        this.id = id;
        this.label = label;
    }

    /** Who gives, in a word. */
    String label() {
        return label;
    }

    /** How files and plots name it. */
    public String id() {
        return id;
    }

    /**
     * The shortest time in which the last of {@code peers} can have the file, in ms, when bytes flow like water (Kumar
     * and Ross 2006; spec/bittorrent.md 12.1).
     */
    double boundMillis(DistributionOptions options, double peers) {
        double size = options.size();
        double slowest = size / options.peerDown();
        double seconds = switch (this) {
            case CLIENT_SERVER -> Math.max(peers * size / options.serverUp(), slowest);
            case SWARM -> {
                double together = options.serverUp() + peers * options.peerUp();
                yield Math.max(Math.max(size / options.serverUp(), slowest), peers * size / together);
            }
        };
        return 1_000 * seconds;
    }
}
