package praline.protocol.gnutella;

import praline.protocol.Defect;

/**
 * Carries a defect from the depth of a decoder to its entry, which turns it into a value; it never leaves the codec. It
 * has no stack trace: a flood of junk must not become a flood of stack traces.
 */
final class Defective extends Exception {

    private static final long serialVersionUID = 1;

    final Defect defect;
    /** Where in the message, counted from its first byte. */
    final int offset;

    Defective(Defect defect, int offset) {
        super(null, null, false, false);
        this.defect = defect;
        this.offset = offset;
    }
}
