package praline.node.transfer;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import praline.protocol.Sha1;

/** Keeps what an engine tells the node around it. */
final class Heard implements TransferListener {

    final List<String> paths = new ArrayList<>();
    final List<String> failures = new ArrayList<>();
    final List<Obstacle> obstacles = new ArrayList<>();
    long stored;

    @Nullable
    String lastText;

    @Override
    public void onProgress(Sha1 sha1, long nowStored, long size) {
        if (nowStored > size) {
            throw new AssertionError(nowStored + " of " + size + " bytes are stored");
        }
        stored = nowStored;
    }

    @Override
    public void onDone(Sha1 sha1, String path) {
        paths.add(path);
    }

    @Override
    public void onFailed(Sha1 sha1, String reason) {
        failures.add(reason);
    }

    @Override
    public void onWaiting(Sha1 sha1, Obstacle obstacle, String text) {
        obstacles.add(obstacle);
        lastText = text;
    }

    boolean hasEnded() {
        return !paths.isEmpty() || !failures.isEmpty();
    }
}
