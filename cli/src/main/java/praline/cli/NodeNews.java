package praline.cli;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import praline.node.NodeListener;
import praline.node.engine.DialFailure;
import praline.node.library.ScanProgress;
import praline.node.overlay.Role;
import praline.protocol.Endpoint;

/**
 * Tells a person on stderr what happens in a node that they started. Seeds are spoken of, other nodes are not; and what
 * goes wrong over and over is said once.
 */
final class NodeNews implements NodeListener {

    private static final int PROBLEMS_SHOWN = 10;
    /** The least code of a Bye that blames somebody; lower ones say that a servent just leaves. */
    private static final int FIRST_BLAME = 400;

    private final Set<Endpoint> seeds;
    private final Output output;
    private final Set<Endpoint> failed = new HashSet<>();
    private int problems;

    NodeNews(List<Endpoint> seeds, Output output) {
        this.seeds = Set.copyOf(seeds);
        this.output = output;
    }

    @Override
    public void onJoined(Endpoint remote, Role role) {
        if (failed.remove(remote)) {
            output.note("joined " + remote);
        }
    }

    @Override
    public void onUnreachable(Endpoint remote, DialFailure why) {
        if (seeds.contains(remote) && failed.add(remote)) {
            output.note("cannot reach " + remote + ", " + SeedWatch.inWords(why) + "; it is tried again");
        }
    }

    @Override
    public void onRefused(Endpoint remote, int status, String reason, boolean flat) {
        if (seeds.contains(remote) && failed.add(remote)) {
            output.note(remote + " refused us (" + status + " " + reason + "); it is tried again");
        }
    }

    @Override
    public void onBye(Endpoint remote, int code, String reason) {
        if (code >= FIRST_BLAME) {
            output.note(remote + " ended the link (" + code + " " + reason + ")");
        }
    }

    @Override
    public void onRole(Role role) {
        output.note(role == Role.SUPERNODE ? "leads from now on" : "is a leaf from now on");
    }

    @Override
    public void onPublicationRefused(Endpoint supernode) {
        output.note(supernode + " holds fewer of our files than we share");
    }

    @Override
    public void onScan(ScanProgress progress) {
        if (progress.bytesTotal() == 0) {
            output.progress("looking for files: " + Plural.of(progress.filesFound(), "file") + " so far");
        } else {
            output.progress("hashing: " + progress.filesDone() + " of " + Plural.of(progress.filesTotal(), "file")
                    + ", " + Sizes.shown(progress.bytesDone()) + " of " + Sizes.shown(progress.bytesTotal()));
        }
    }

    @Override
    public void onScanned(int fileCount) {
        output.clearProgress();
    }

    @Override
    public void onUnshared(Path path, String why) {
        problems++;
        if (problems <= PROBLEMS_SHOWN) {
            output.note("not shared: " + path + " " + why);
        } else if (problems == PROBLEMS_SHOWN + 1) {
            output.note("not shared: more that are not named here");
        }
    }
}
