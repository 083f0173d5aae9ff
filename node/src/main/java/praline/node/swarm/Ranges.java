package praline.node.swarm;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import praline.node.engine.Block;
import praline.node.engine.Timers;
import praline.protocol.Endpoint;
import praline.protocol.Sha1;
import praline.protocol.bittorrent.TorrentInfo;

/**
 * The sources of one torrent that give ranges and are no peers. Each is asked for one whole piece at a time, the rarest
 * that nobody has begun; so all of a piece is by one source, and a wrong one convicts it.
 */
final class Ranges {

    private final Context context;
    private final Torrent torrent;
    private final Map<Endpoint, Source> sources = new LinkedHashMap<>(0);
    private final Map<Long, Source> asked = new LinkedHashMap<>(0);

    Ranges(Torrent torrent) {
        this.context = torrent.context();
        this.torrent = torrent;
    }

    /** One source, and the piece that it is sending. */
    private static final class Source {
        private final Endpoint endpoint;
        private final List<Block> blocks = new ArrayList<>(0);
        private int piece = -1;
        private int received;
        private int failures;
        private long notBefore;

        Source(Endpoint endpoint) {
            this.endpoint = endpoint;
        }
    }

    int count() {
        return sources.size();
    }

    void add(List<Endpoint> more) {
        for (Endpoint endpoint : more) {
            boolean isUsable =
                    !context.bans.isBanned(endpoint, context.now()) && !endpoint.equals(context.config.self());
            if (isUsable && sources.size() < context.limits().linksPerTorrent()) {
                sources.putIfAbsent(endpoint, new Source(endpoint));
            }
        }
        ask();
    }

    /** Gives every idle source something to do. */
    void ask() {
        Sha1 content = torrent.order().content();
        Fetching fetching = torrent.fetching();
        TorrentInfo info = torrent.info();
        if (content == null || fetching == null || info == null || !fetching.isAsking()) {
            return;
        }
        for (Source source : sources.values()) {
            if (source.piece >= 0 || source.notBefore > context.now()) {
                continue;
            }
            int piece = context.mayHold(info.pieceLength()) ? fetching.picker().beginElsewhere() : -1;
            if (piece < 0) {
                return;
            }
            source.piece = piece;
            asked.put(
                    context.ranges.ask(source.endpoint, content, info.pieceOffset(piece), info.pieceSize(piece)),
                    source);
        }
    }

    /** Whether {@code ticket} is one of ours. */
    boolean knows(long ticket) {
        return asked.containsKey(ticket);
    }

    /** The next bytes of a piece. */
    void onBlock(long ticket, Block block) {
        Source source = asked.get(ticket);
        if (source == null || source.received + block.size() > torrent.pieceSize(source.piece)) {
            block.release();
            return;
        }
        context.hold(block.size());
        source.blocks.add(block);
        source.received += block.size();
        torrent.countRange(block.size());
    }

    /** A piece has come whole, or the source has failed and may be asked again in {@code retryMillis}. */
    void onEnd(long ticket, long retryMillis) {
        Source source = asked.remove(ticket);
        Fetching fetching = torrent.fetching();
        if (source == null) {
            return;
        }
        int piece = source.piece;
        ImmutableList<Block> blocks = ImmutableList.copyOf(source.blocks);
        boolean isWhole = source.received == torrent.pieceSize(piece);
        context.hold(-source.received);
        source.blocks.clear();
        source.piece = -1;
        source.received = 0;
        if (isWhole && fetching != null) {
            source.failures = 0;
            fetching.storeRange(piece, blocks, source.endpoint);
        } else {
            blocks.forEach(Block::release);
            fail(source, retryMillis);
            if (fetching != null) {
                fetching.giveBack(piece);
            }
        }
        ask();
    }

    private void fail(Source source, long retryMillis) {
        source.failures++;
        source.notBefore = context.now() + retryMillis;
        context.watchAt(source.notBefore);
        if (source.failures >= context.config.limits().known().failures()) {
            sources.remove(source.endpoint);
        }
    }

    /** It sent a wrong piece. */
    void convict(Endpoint endpoint) {
        sources.remove(endpoint);
    }

    /** Nothing more is wanted. */
    void close() {
        asked.keySet().forEach(context.ranges::cancel);
        for (Source source : asked.values()) {
            context.hold(-source.received);
            source.blocks.forEach(Block::release);
            source.blocks.clear();
            source.piece = -1;
            source.received = 0;
        }
        asked.clear();
    }

    /** Asks those again whose time has come; returns when to look again. */
    long watch(long now) {
        if (torrent.fetching() == null) {
            return Timers.NEVER;
        }
        ask();
        return sources.values().stream()
                .filter(source -> source.notBefore > now)
                .mapToLong(source -> source.notBefore)
                .min()
                .orElse(Timers.NEVER);
    }
}
