package praline.node.retrieval;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import praline.node.swarm.TorrentOrder;
import praline.node.transfer.PushPath;
import praline.node.transfer.Wanted;
import praline.protocol.Endpoint;
import praline.protocol.Sha1;
import praline.protocol.bittorrent.TorrentInfo;
import praline.protocol.text.RemoteText;

/** What the node around does for retrievals. Nothing of it calls back before it has returned. */
public interface RetrievalPort {

    /** The host's milliseconds. */
    long now();

    /** Has {@link Retrievals#watch} called in {@code millis}. */
    void wakeIn(long millis);

    /** Runs {@code task} as soon as the engine that is at work has returned; tasks keep their order. */
    void later(Runnable task);

    /** {@code source} cannot be dialled: whoever wants something of it asks it to dial this node. */
    void learnPath(Endpoint source, PushPath path);

    /** Begins an HTTP download, or gives one that is under way more sources; returns why not, for the user. */
    Optional<String> transfer(Wanted wanted, List<Endpoint> sources);

    void stopTransfer(Sha1 content);

    /** Begins to take part in a torrent; returns why not, for the user. */
    Optional<String> join(TorrentOrder order);

    void leave(Sha1 infohash);

    void addPeers(Sha1 infohash, List<Endpoint> peers);

    /** More servents that give the content of a torrent by HTTP. */
    void addRangeSources(Sha1 infohash, List<Endpoint> sources);

    /** The trackers that this node knows by itself, each a tier of its own. */
    ImmutableList<ImmutableList<String>> trackers();

    /** Looks again for those who have a content; they come by {@link Retrievals#addSources}. */
    void search(Sha1 content);

    void endSearch(Sha1 content);

    /** Where this node has the content already, among what it shares. */
    Optional<String> shared(Sha1 content);

    /** Others may be told that some of the content is here. */
    void announcePartial(Sha1 content, TorrentInfo torrent, RemoteText name);

    /** Others are to be told no more that any of it is here. */
    void withdraw(Sha1 content);

    /**
     * The whole content stands at {@code path}, and others may be told so.
     *
     * @param infohash of its torrent; null: not known yet
     */
    void announceWhole(Sha1 content, @Nullable Sha1 infohash, String path);
}
