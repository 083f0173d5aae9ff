package praline.lab.failover;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import praline.lab.sim.NetworkModel;
import praline.lab.sim.OverlayWire;
import praline.lab.sim.Simulation;
import praline.lab.sim.SimulationConfig;
import praline.lab.sim.VirtualNode;
import praline.node.engine.Profile;
import praline.node.overlay.KnownHost;
import praline.node.overlay.OverlayConfig;
import praline.node.overlay.OverlayEngine;
import praline.node.overlay.OverlayLimits;
import praline.node.overlay.OverlayObserver;
import praline.node.overlay.OverlayStatus.JoinedLink;
import praline.node.overlay.Role;
import praline.node.overlay.RolePolicy;
import praline.node.overlay.SearchMode;
import praline.node.overlay.SharedFiles;
import praline.node.overlay.TierLimits;
import praline.protocol.Endpoint;
import praline.protocol.Guid;
import praline.protocol.SplitMix64;
import praline.protocol.WireLimits;
import praline.protocol.gnutella.Message;
import praline.protocol.gnutella.OverlayFrame;
import praline.supernode.index.IndexLimits;
import praline.supernode.index.KeywordIndex;
import praline.supernode.index.LazyIndex;

/**
 * A two-tier network in virtual time whose nodes join by themselves, with delays and times as among strangers. Each
 * member shares files that bear its number. All are honest, and each judges the others as it would judge strangers.
 */
final class TierWorld {

    static final int SUPERNODES_OF_A_LEAF = 3;
    private static final int NEIGHBOURS_OF_A_SUPERNODE = 8;
    private static final int SERVENTS = 40;
    private static final int SCENARIO = 41;
    /** 127.0.0.1. */
    private static final int FIRST_ADDRESS = 0x7F00_0001;

    private static final int PORT = 6_346;

    final Simulation sim;
    final List<Member> members = new ArrayList<>();
    final SplitMix64 random;
    private final long seed;
    private final Map<String, Long> limits = new LinkedHashMap<>();

    TierWorld(long seed) {
        this.seed = seed;
        this.random = SplitMix64.stream(seed, SCENARIO);
        this.sim = new Simulation(SimulationConfig.synchronous(seed)
                .withNetwork(NetworkModel.PerLink.INTERNET)
                .withBoundedLinks());
        limits.put("limits.overlay.ttlMax", 4L);
        limits.put("limits.overlay.hostsMax", 200L);
        limits.put("limits.overlay.neighboursMax", 30L);
        limits.put("limits.overlay.leavesMax", 100L);
        limits.put("limits.overlay.routesMax", 65_536L);
        limits.put("limits.hosts.orphanSlotsPercent", 10L);
    }

    TierWorld with(String limit, long value) {
        limits.put(limit, value);
        return this;
    }

    /** Adds a member that knows {@code seeds} and is not started. */
    Member add(Role role, RolePolicy policy, int files) {
        return add(role, policy, new OneFile(members.size(), files));
    }

    /** A node at a loopback address of its own: a laboratory knows no others. */
    VirtualNode addNode() {
        return sim.addNode(Endpoint.ofIpv4(FIRST_ADDRESS + sim.nodeCount(), PORT));
    }

    private Member add(Role role, RolePolicy policy, SharedFiles files) {
        VirtualNode node = addNode();
        Member member = new Member(members.size(), node);
        OverlayConfig config = new OverlayConfig(
                        role,
                        node.endpoint(),
                        Guid.random(SplitMix64.engineStream(seed, node.number(), SERVENTS)),
                        Profile.LAB,
                        NEIGHBOURS_OF_A_SUPERNODE,
                        SUPERNODES_OF_A_LEAF,
                        SearchMode.INDEX,
                        true,
                        OverlayConfig.HOP_MILLIS,
                        OverlayLimits.with(limits))
                .choosing(policy, TierLimits.of(Profile.EXPERIMENT, limits));
        boolean mayLead = role == Role.SUPERNODE || policy == RolePolicy.AUTO;
        LazyIndex index = mayLead
                ? new LazyIndex(() -> new KeywordIndex(IndexLimits.of(Profile.EXPERIMENT), WireLimits.STANDARD, seed))
                : null;
        member.drive(node.<OverlayFrame, Message, OverlayEngine>add(
                OverlayWire.INSTANCE,
                host -> new OverlayEngine(config, host, files, index, member, OverlayObserver.NONE)));
        members.add(member);
        return member;
    }

    /** Starts {@code member}, which the user told of {@code seeds}. */
    void start(Member member, List<Member> seeds) {
        member.node.start();
        member.node.run(() -> seeds.forEach(seed -> member.engine().connect(seed.node.endpoint())));
    }

    /** Starts {@code member}, which an earlier run left {@code known}. */
    void restart(Member member, List<KnownHost> known) {
        member.node.start();
        member.node.run(() -> member.engine().restore(known));
    }

    /** Some supernodes and leaves, all told of a few of the supernodes, after two minutes of settling. */
    static TierWorld settled(long seed, int supernodes, int leaves) {
        TierWorld world = new TierWorld(seed);
        IntStream.range(0, supernodes).forEach(i -> world.add(Role.SUPERNODE, RolePolicy.FIXED, 1));
        IntStream.range(0, leaves).forEach(i -> world.add(Role.LEAF, RolePolicy.FIXED, 1));
        world.settle(supernodes);
        return world;
    }

    /** Starts all members; each knows six of the first {@code supernodes}. */
    void settle(int supernodes) {
        List<Member> leaders = members.subList(0, supernodes);
        members.forEach(member -> start(
                member,
                Stream.generate(() -> leaders.get(random.below(supernodes)))
                        .filter(seed -> seed != member)
                        .limit(6)
                        .toList()));
        sim.runUntil(sim.now() + 120_000);
    }

    /** Starts all members within a minute; each knows the first {@code known} of them. Ends at {@code millis}. */
    void grow(int known, long millis) {
        List<Member> seeds = members.subList(0, known);
        int count = members.size();
        for (int i = 0; i < count; i++) {
            Member member = members.get(i);
            sim.at(
                    i * 60_000L / count,
                    () -> start(
                            member,
                            seeds.stream().filter(seed -> seed != member).toList()));
        }
        sim.runUntil(millis);
    }

    /** How long living leaves were short of a supernode that they lost, each time, in ms. */
    List<Long> gaps() {
        return living(Role.LEAF).stream().flatMap(leaf -> leaf.gaps.stream()).toList();
    }

    List<Member> living() {
        return members.stream().filter(Member::isAlive).toList();
    }

    List<Member> living(Role role) {
        return living().stream().filter(member -> member.role() == role).toList();
    }

    /** Any of the living. */
    Member anyLiving() {
        Member any = any(members);
        while (!any.isAlive()) {
            any = any(members);
        }
        return any;
    }

    /** How often one of the members, dead or alive, banned another, who never deserves it (spec/hardening.md C14). */
    long bans() {
        return members.stream()
                .mapToLong(member -> member.engine().limitHits().all().getOrDefault("banned", 0L))
                .sum();
    }

    Member any(List<Member> of) {
        return of.get(random.below(of.size()));
    }

    /** Lets every {@code everyMillis} somebody search for what somebody else has; how many in a hundred found it. */
    double successPercent(int searches, long everyMillis) {
        record Asked(Member by, long ticket) {}
        List<Asked> asked = new ArrayList<>();
        for (int i = 0; i < searches; i++) {
            List<Member> living = living();
            Member target = any(living);
            Member asker = any(living);
            if (asker != target) {
                asked.add(new Asked(asker, asker.search(OneFile.wordOf(target.number))));
            }
            sim.runUntil(sim.now() + everyMillis);
        }
        sim.runUntil(sim.now() + 30_000);
        List<Asked> fair = asked.stream().filter(one -> one.by.isAlive()).toList();
        long found = fair.stream()
                .filter(one -> one.by.answered.contains(one.ticket))
                .count();
        return 100.0 * found / fair.size();
    }

    /** How many of the living belong to the largest part of them that hangs together, in percent. */
    double largestPartPercent() {
        Map<Endpoint, Member> byAddress = new LinkedHashMap<>();
        living().forEach(member -> byAddress.put(member.node.endpoint(), member));
        Set<Member> unseen = new LinkedHashSet<>(byAddress.values());
        int largest = 0;
        while (!unseen.isEmpty()) {
            Deque<Member> open = new ArrayDeque<>(List.of(unseen.iterator().next()));
            unseen.removeAll(open);
            int size = 0;
            while (!open.isEmpty()) {
                Member member = open.remove();
                size++;
                for (JoinedLink link : member.status().links()) {
                    Member other = byAddress.get(link.contact());
                    if (other != null && other.isLinkedWith(member.node.endpoint()) && unseen.remove(other)) {
                        open.add(other);
                    }
                }
            }
            largest = Math.max(largest, size);
        }
        return 100.0 * largest / byAddress.size();
    }

    /** The value below which {@code percent} of {@code values} lie. */
    static long percentile(List<Long> values, int percent) {
        long[] sorted = values.stream().mapToLong(Long::longValue).sorted().toArray();
        return sorted[Math.min(sorted.length - 1, sorted.length * percent / 100)];
    }

    @Override
    public String toString() {
        return Arrays.stream(Role.values())
                .map(role -> living(role).size() + " " + role)
                .toList()
                .toString();
    }
}
