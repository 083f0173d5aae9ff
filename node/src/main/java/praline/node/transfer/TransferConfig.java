package praline.node.transfer;

import praline.node.engine.Profile;
import praline.node.engine.TokenBucket;
import praline.protocol.Endpoint;

/**
 * How a node gives and gets files.
 *
 * @param self where it listens; never a source of its own downloads
 * @param profile how careful it is with addresses and rates
 * @param upRate bytes a second that all uploads together take; {@link TokenBucket#UNLIMITED}
 * @param limits its bounds
 */
public record TransferConfig(Endpoint self, Profile profile, long upRate, TransferLimits limits) {

    private static final int LAN_PER_ADDRESS = 4;
    private static final int LAB_SPEED = 100;

    /** As fast as links take it. */
    public TransferConfig(Endpoint self, Profile profile, TransferLimits limits) {
        this(self, profile, TokenBucket.UNLIMITED, limits);
    }

    /** Uploads to one address at a time (spec/hardening.md S11, L5). */
    int uploadsPerAddress() {
        return switch (profile) {
            case INTERNET -> 1;
            case LAN -> LAN_PER_ADDRESS;
            case LAB, EXPERIMENT -> Integer.MAX_VALUE;
        };
    }

    /**
     * How long whoever is told to ask again waits, in s; each place further back in the queue waits half of it more.
     */
    int retryAfterSeconds() {
        return isLaboratory() ? 1 : 30;
    }

    /** Between two looks into what others say about hosts. */
    int probeMillis() {
        int millis = limits.alternates().probeMillis();
        return isLaboratory() ? Math.max(1, millis / LAB_SPEED) : millis;
    }

    /** Before a failed source is asked again for the first time. */
    int retryMillis() {
        int millis = limits.download().retryMillis();
        return isLaboratory() ? Math.max(1, millis / LAB_SPEED) : millis;
    }

    private boolean isLaboratory() {
        return profile == Profile.LAB || profile == Profile.EXPERIMENT;
    }
}
