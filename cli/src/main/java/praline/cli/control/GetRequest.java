package praline.cli.control;

import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /api/v1/get}.
 *
 * @param urn {@code urn:sha1:} and a hash
 * @param waitSeconds seconds to look for sources; null: {@link #WAIT_SECONDS}
 * @param node number of the node of a cluster that is to fetch; null: one that the cluster's seed chooses
 */
public record GetRequest(
        String urn, @Nullable Double waitSeconds, @Nullable Integer node) {

    /** How long a first source is waited for when nobody says. */
    public static final double WAIT_SECONDS = 10;
}
