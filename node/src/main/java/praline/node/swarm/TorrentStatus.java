package praline.node.swarm;

import com.google.common.collect.ImmutableList;
import org.jspecify.annotations.Nullable;
import praline.protocol.Endpoint;
import praline.protocol.Sha1;
import praline.protocol.bittorrent.TorrentInfo;
import praline.protocol.text.RemoteText;

/**
 * How far a torrent has come.
 *
 * @param info null until it is known
 * @param phase what is done about it
 * @param piecesHad verified
 * @param bytesHad verified
 * @param uploaded payload bytes given since it began
 * @param downloaded payload bytes taken since it began, waste included
 * @param wasted bytes that were taken twice or were wrong
 * @param upRate payload bytes a second over the last seconds
 * @param downRate payload bytes a second over the last seconds
 * @param peers that are linked
 * @param known endpoints that are known, linked or not
 */
public record TorrentStatus(
        Sha1 infohash,
        @Nullable TorrentInfo info,
        Phase phase,
        int piecesHad,
        long bytesHad,
        long uploaded,
        long downloaded,
        long wasted,
        long upRate,
        long downRate,
        ImmutableList<Peer> peers,
        int known) {

    /** What is done about a torrent. */
    public enum Phase {
        /** Its info dictionary is looked for. */
        METADATA,
        /** What is on the disk is being looked at. */
        CHECKING,
        FETCHING,
        /** It stands still because of the disk. */
        PAUSED,
        /** Everything is had, and given to others. */
        SEEDING
    }

    /**
     * One peer.
     *
     * @param client what it says it is, or what its id says
     * @param have how many pieces it has
     * @param source how it was found
     */
    public record Peer(
            Endpoint endpoint,
            RemoteText client,
            int have,
            boolean isChokingUs,
            boolean isChoked,
            boolean isInterested,
            boolean areWeInterested,
            long upRate,
            long downRate,
            Origin source) {}

    /** How a peer was found. */
    public enum Origin {
        USER,
        SEARCH,
        TRACKER,
        EXCHANGE,
        INBOUND
    }
}
