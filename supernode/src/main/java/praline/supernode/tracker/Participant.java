package praline.supernode.tracker;

import praline.protocol.Endpoint;

/**
 * A peer as it announced itself last.
 *
 * @param endpoint the address that the announcement came from, and the port that it names
 * @param key the client's own mark, by which it is known when its port changes; 0 for none
 * @param isSeed whether nothing is left to it
 * @param hasCompleted whether it has said that it got everything
 * @param seenAt when it announced itself, in ms
 */
record Participant(Endpoint endpoint, int key, boolean isSeed, boolean hasCompleted, long seenAt) {}
