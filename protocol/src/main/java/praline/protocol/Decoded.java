package praline.protocol;

/** What the bytes at hand are. Bad bytes are a value, never an exception (ARCHITECTURE.md). */
public sealed interface Decoded<M> {

    /** The same, where a more general kind of message is wanted. */
    @SuppressWarnings("unchecked") // a Decoded hands its message out and takes none in
    static <T> Decoded<T> widened(Decoded<? extends T> decoded) {
        return (Decoded<T>) decoded;
    }

    /** A whole message; its bytes were consumed. */
    record Complete<M>(M message) implements Decoded<M> {}

    /** Not enough yet: at least {@code missing} bytes more. The buffer is untouched. */
    record Partial<M>(int missing) implements Decoded<M> {}

    /** One message that is none. Its bytes were consumed and the stream is in step: go on behind it. */
    record Malformed<M>(Defect defect, int offset) implements Decoded<M> {}

    /** The framing is lost or a limit was broken: nothing that follows can be trusted. */
    record Fatal<M>(Defect defect, int offset) implements Decoded<M> {}
}
