package praline.protocol.bittorrent;

/** Carries the reason why an input is of no use from the depth of its parser to the entry; has no stack trace. */
final class Unusable extends Exception {

    private static final long serialVersionUID = 1;

    final String reason;

    Unusable(String reason) {
        super(null, null, false, false);
        this.reason = reason;
    }
}
