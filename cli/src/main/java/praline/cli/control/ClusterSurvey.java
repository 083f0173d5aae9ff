package praline.cli.control;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import praline.lab.cluster.PlannedNode;
import praline.node.overlay.Role;

/** What many nodes of a cluster said about themselves at one moment. Who died while it was asked is left out. */
record ClusterSurvey(ApiCluster cluster, ImmutableMap<Integer, NodeAnswer> answers) {

    /** Asks the nodes with these numbers. */
    static Future<ClusterSurvey> of(ApiCluster cluster, List<Integer> numbers) {
        Map<Integer, Future<NodeAnswer>> asked = new TreeMap<>();
        for (int number : numbers) {
            cluster.node(number).ifPresent(node -> asked.put(number, node.status()));
        }
        return Future.join(new ArrayList<>(asked.values())).transform(ended -> {
            ImmutableMap.Builder<Integer, NodeAnswer> answers = ImmutableMap.builder();
            asked.forEach((number, answer) -> {
                if (answer.succeeded()) {
                    answers.put(number, answer.result());
                }
            });
            return Future.succeededFuture(new ClusterSurvey(cluster, answers.buildOrThrow()));
        });
    }

    /** All of them together. */
    ClusterAnswer answer(long seed) {
        Traffic traffic = Traffic.NONE;
        Map<String, Long> limitHits = new TreeMap<>();
        for (NodeAnswer node : answers.values()) {
            traffic = traffic.plus(node.traffic());
            node.limitHits().forEach((limit, hits) -> limitHits.merge(limit, hits, Long::sum));
        }
        return new ClusterAnswer(
                cluster.plan().nodes().size(),
                seed,
                cluster.port(),
                cluster.hasProcesses(),
                roles(),
                (int) answers.values().stream().filter(NodeAnswer::scanning).count(),
                answers.values().stream().mapToLong(NodeAnswer::engineBugs).sum(),
                traffic,
                ImmutableMap.copyOf(limitHits));
    }

    /** One by one. */
    ImmutableList<NodesAnswer.Line> lines(List<PlannedNode> page) {
        ImmutableList.Builder<NodesAnswer.Line> lines = ImmutableList.builder();
        for (PlannedNode node : page) {
            Optional<NodeAnswer> answer = Optional.ofNullable(answers.get(node.number()));
            lines.add(new NodesAnswer.Line(
                    node.number(),
                    node.address(cluster.port()).toString(),
                    NodeAnswer.inLowerCase(node.role()),
                    answer.isPresent(),
                    answer.map(NodeAnswer::links).map(List::size).orElse(0),
                    answer.map(NodeAnswer::filesShared).orElse(0),
                    answer.map(NodeAnswer::recordsHeld).orElse(0)));
        }
        return lines.build();
    }

    private ImmutableList<ClusterAnswer.RoleAnswer> roles() {
        ImmutableList.Builder<ClusterAnswer.RoleAnswer> roles = ImmutableList.builder();
        for (Role role : Role.values()) {
            ClusterAnswer.RoleAnswer sum =
                    sum(NodeAnswer.inLowerCase(role), cluster.plan().count(role));
            if (sum.planned() > 0 || sum.alive() > 0) {
                roles.add(sum);
            }
        }
        return roles.build();
    }

    private ClusterAnswer.RoleAnswer sum(String role, int planned) {
        List<NodeAnswer> alive = answers.values().stream()
                .filter(node -> node.role().equals(role))
                .toList();
        return new ClusterAnswer.RoleAnswer(
                role,
                planned,
                alive.size(),
                alive.stream().mapToInt(node -> node.links().size()).sum(),
                alive.stream().mapToInt(NodeAnswer::filesShared).sum(),
                alive.stream().mapToInt(NodeAnswer::recordsHeld).sum());
    }
}
