package praline.cli;

import com.google.common.collect.ImmutableList;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import praline.cli.control.QueryText;
import praline.node.swarm.TorrentOrder;
import praline.protocol.Endpoint;
import praline.protocol.Limits;
import praline.protocol.Sha1;
import praline.protocol.Urn;
import praline.protocol.UserError;
import praline.protocol.WireLimits;
import praline.protocol.bittorrent.Magnet;
import praline.protocol.bittorrent.Metainfo;

/** {@code praline get}: fetches a file by its hash, or takes part in a torrent. */
@Command(
        name = "get",
        mixinStandardHelpOptions = true,
        description = {
            "Fetch a file by its hash: look for nodes that have it, and take it from any.",
            "Or take part in a torrent: fetch it from all who have it, give what we have.",
            "It has its name in the folder only when all its bytes are right.",
            "With a torrent it prints ready IP:PORT, and done PATH when all is had."
        })
final class GetCommand implements Callable<Integer> {

    private static final String CONTENT = "urn:";
    private static final String TORRENT = "urn:btih:";

    @ParentCommand
    private Praline praline;

    @Mixin
    private Target target;

    @Mixin
    private Fetch fetch;

    @Mixin
    private SwarmOptions swarm;

    @Parameters(
            paramLabel = "WHAT",
            description = {
                "A torrent file; a link that begins with magnet:",
                "or urn:sha1: and the hash of a content, as search prints it (with --connect or --control)."
            })
    private String wanted;

    @Override
    public Integer call() throws InterruptedException {
        String lower = wanted.toLowerCase(Locale.ROOT);
        if (lower.startsWith(CONTENT) && !lower.startsWith(TORRENT)) {
            return byContent(wanted);
        }
        WireLimits limits = Limits.with(WireLimits.class, praline.settings().limits(WireLimits.specs()));
        TorrentInput input = TorrentInput.of(lower.startsWith(TORRENT) ? "magnet:?xt=" + wanted : wanted, limits);
        if (input instanceof TorrentInput.File file) {
            return byTorrent(order(file.metainfo()));
        }
        Magnet magnet = ((TorrentInput.Link) input).magnet();
        Sha1 infohash = magnet.infohash();
        return infohash != null ? byTorrent(order(infohash, magnet)) : byContent(content(magnet));
    }

    private int byContent(String urn) throws InterruptedException {
        QueryText.sha1(urn);
        Delivery delivery = fetch.delivery();
        delivery.check();
        Output output = praline.output();
        if (target.seeds().isEmpty()) {
            return delivery.from(target.client(praline.terminal()), null, urn, output);
        }
        Path folder = delivery.folder();
        try (Visitor visitor = Visitor.join(target.seeds(), folder, target.profile(), praline.settings())) {
            return delivery.from(visitor, urn, output);
        } finally {
            LocalCopy.tidy(folder);
        }
    }

    private int byTorrent(TorrentOrder order) throws InterruptedException {
        if (target.isGiven()) {
            throw new UserError(UserError.Kind.USAGE, "a torrent is fetched without --connect and --control", wanted);
        }
        Delivery delivery = fetch.delivery();
        delivery.check();
        return new TorrentGet(
                        order, target.saidProfile(), delivery.folder(), swarm, praline.settings(), praline.output())
                .run();
    }

    private TorrentOrder order(Metainfo metainfo) {
        return TorrentOrder.of(metainfo.info(), metainfo.trackers()).withPeers(swarm.peers());
    }

    /** A torrent that follows from a content has no name of its own; the link may tell the file's. */
    private TorrentOrder order(Sha1 infohash, Magnet magnet) {
        boolean isOfContent = magnet.content() != null && !magnet.name().isEmpty();
        return new TorrentOrder(
                infohash,
                null,
                null,
                magnet.content(),
                isOfContent ? magnet.name() : null,
                magnet.trackers().stream().map(ImmutableList::of).collect(ImmutableList.toImmutableList()),
                ImmutableList.<Endpoint>builder()
                        .addAll(swarm.peers())
                        .addAll(magnet.peers())
                        .build());
    }

    private String content(Magnet magnet) {
        Sha1 content = magnet.content();
        if (content == null) {
            throw new UserError(UserError.Kind.BAD_INPUT, "the link names no torrent and no content", wanted);
        }
        return Urn.sha1(content).toString();
    }
}
