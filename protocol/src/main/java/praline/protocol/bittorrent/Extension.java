package praline.protocol.bittorrent;

import java.util.Optional;

/** The extensions that we speak over BEP 10, by the names that extension handshakes list. */
public enum Extension {
    /** Peers tell each other of further ones (BEP 11). */
    PEER_EXCHANGE("ut_pex", 1),
    /** The info dictionary is had from peers (BEP 9). */
    METADATA("ut_metadata", 2),
    /** The sender takes nothing any more, or does again (BEP 21). */
    UPLOAD_ONLY("upload_only", 3),
    /** The sender has lost a piece (BEP 54). */
    DONT_HAVE("lt_donthave", 7);

    private static final Extension[] ALL = values();

    private final String wireName;
    private final int ourId;

    Extension(String wireName, int ourId) {
        this.wireName = wireName;
        this.ourId = ourId;
    }

    String wireName() {
        return wireName;
    }

    /** The number by which others send it to us. They choose their own for what we send to them. */
    public int ourId() {
        return ourId;
    }

    /** The extension that others send to us by this number. */
    static Optional<Extension> ofOurId(int id) {
        for (Extension extension : ALL) {
            if (extension.ourId == id) {
                return Optional.of(extension);
            }
        }
        return Optional.empty();
    }
}
