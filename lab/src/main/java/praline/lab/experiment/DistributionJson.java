package praline.lab.experiment;

import com.fasterxml.jackson.databind.node.ObjectNode;
import praline.lab.sim.Capacity;

/** {@code result.json} of a distribution: the options, and every run with its peers. */
final class DistributionJson {

    private DistributionJson() {}

    static String result(DistributionResult result) {
        DistributionOptions options = result.options();
        ObjectNode root = ResultJson.MAPPER.createObjectNode();
        root.put("experiment", "distribution");
        root.put("version", ComparisonResult.VERSION);
        root.put("command", options.command());
        root.put("on", options.world().id());
        root.put("seed", options.seed());
        root.put("size", options.size());
        root.put("pieceLength", options.pieceLength());
        root.put("pieces", options.pieceCount());
        root.put("serverUp", options.serverUp());
        root.put("peerUp", options.peerUp());
        if (options.peerDown() == Capacity.UNBOUNDED) {
            root.putNull("peerDown");
        } else {
            root.put("peerDown", options.peerDown());
        }
        if (options.world() == World.SIM) {
            root.put("delayMillis", options.delayMillis());
        }
        root.set("runs", ResultJson.MAPPER.valueToTree(result.runs()));
        return ResultJson.text(root);
    }
}
