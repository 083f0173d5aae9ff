package praline.protocol.bittorrent;

/** What became of something that a user gave us and a stranger made: a torrent file, a magnet link. */
public sealed interface Parsed<T> {

    /** It is sound. */
    record Valid<T>(T value) implements Parsed<T> {}

    /**
     * It is not.
     *
     * @param reason what is wrong: one line of ours for the user, without a full stop
     */
    record Invalid<T>(String reason) implements Parsed<T> {}
}
