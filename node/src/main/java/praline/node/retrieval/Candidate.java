package praline.node.retrieval;

import praline.protocol.Sha1;

/** A torrent that should bring a content, as somebody says. */
final class Candidate {

    final Sha1 infohash;

    /** Sources that named it: of several candidates the one with most is the likeliest. */
    int votes;

    /** How often it was begun: others have their turn before it has another. */
    int tries;

    /** Whether it is known what it consists of. */
    boolean isDescribed;

    /** Whether nobody could tell in time what it consists of. */
    boolean isSilent;

    /** Whether it brings something else, or cannot be had. */
    boolean hasFailed;

    Candidate(Sha1 infohash) {
        this.infohash = infohash;
    }

    boolean isHopeful() {
        return !isSilent && !hasFailed;
    }
}
