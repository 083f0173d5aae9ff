package praline.node;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import praline.node.disk.DiskChoices;
import praline.node.engine.Profile;
import praline.node.library.LibraryLimits;
import praline.node.net.HostConfig;
import praline.node.net.NetLimits;
import praline.node.overlay.DynamicQueryConfig;
import praline.node.overlay.OverlayConfig;
import praline.node.overlay.OverlayLimits;
import praline.node.overlay.Role;
import praline.node.overlay.RolePolicy;
import praline.node.overlay.SearchMode;
import praline.node.overlay.TierLimits;
import praline.node.retrieval.RetrievalLimits;
import praline.node.swarm.SwarmConfig;
import praline.node.swarm.SwarmLimits;
import praline.node.transfer.TransferConfig;
import praline.node.transfer.TransferLimits;
import praline.protocol.AddressRules;
import praline.protocol.Endpoint;
import praline.protocol.Guid;
import praline.protocol.Limits;
import praline.protocol.WireLimits;

/**
 * What a node is and may do.
 *
 * @param listen where it accepts connections; port 0 takes any that is free
 * @param role what it is in its network, or begins as
 * @param policy whether it stays what it is; with {@link RolePolicy#AUTO} it begins as a leaf
 * @param seeds nodes that it joins by
 * @param profile how careful it is; follows from the addresses unless it is given
 * @param linksWanted how many neighbours, or for a leaf supernodes, it keeps up by dialling; 0: all its seeds and
 *     nobody else
 * @param mode how leaves' files are found
 * @param forwardsHigherTtl whether a supernode passes a query on once more when a copy may travel farther; see
 *     {@link OverlayConfig}
 * @param maintained whether links are pinged and watched; off in experiments that count every byte
 * @param isFirewalled whether nobody can dial it: it refuses connections, and those who want something of it are asked
 *     to wait for its call
 * @param hopMillis what a message takes for one hop, for the pauses of an expanding ring
 * @param shares folders whose files it shares
 * @param downloads where fetched files go; null: it fetches nothing
 * @param disk how it keeps torrents on the disk
 * @param state where it keeps what it has to remember; null: it remembers nothing
 * @param swarm how it takes part in swarms; where it listens and its bounds are said elsewhere here
 * @param limits bounds that differ from their standard value, from key to value; keys that nobody knows are passed over
 * @param seed of its chance: a secret in production, a given number in a test
 */
public record NodeConfig(
        Endpoint listen,
        Role role,
        RolePolicy policy,
        ImmutableList<Endpoint> seeds,
        Profile profile,
        int linksWanted,
        SearchMode mode,
        boolean forwardsHigherTtl,
        boolean maintained,
        boolean isFirewalled,
        int hopMillis,
        ImmutableList<Path> shares,
        @Nullable Path downloads,
        DiskChoices disk,
        @Nullable Path state,
        SwarmConfig swarm,
        ImmutableMap<String, Long> limits,
        long seed) {

    /** Describes a node of this role that listens there, shares nothing and knows nobody. */
    public static Builder builder(Role role, Endpoint listen) {
        return new Builder(role, listen);
    }

    /** The profile that follows from addresses: all loopback lab, all private or loopback lan, else internet. */
    public static Profile profileOf(Collection<Endpoint> addresses) {
        if (addresses.stream().allMatch(AddressRules::isLoopback)) {
            return Profile.LAB;
        }
        boolean isLan = addresses.stream()
                .allMatch(address -> AddressRules.isPrivate(address) || AddressRules.isLoopback(address));
        return isLan ? Profile.LAN : Profile.INTERNET;
    }

    /** The bounds of what it decodes. */
    public WireLimits wireLimits() {
        return Limits.with(WireLimits.class, limits);
    }

    LibraryLimits libraryLimits() {
        return LibraryLimits.of(profile, limits);
    }

    RetrievalLimits retrievalLimits() {
        return RetrievalLimits.with(limits);
    }

    TransferLimits transferLimits() {
        return Limits.with(TransferLimits.class, limits);
    }

    /** {@code self} is where the node really listens. */
    TransferConfig transfer(Endpoint self) {
        return new TransferConfig(self, profile, transferLimits());
    }

    /** {@code self} is where the node really listens. */
    SwarmConfig swarm(Endpoint self) {
        return swarm.at(self, profile, Limits.with(SwarmLimits.class, limits));
    }

    HostConfig host() {
        return new HostConfig(listen, profile, Limits.with(NetLimits.class, limits), wireLimits(), seed);
    }

    /** {@code self} is where the node really listens. */
    OverlayConfig overlay(Endpoint self, Guid servent) {
        boolean mayLead = policy == RolePolicy.AUTO
                && linksWanted > 0
                && Capacity.ofThisProcess().isEnoughToLead(profile);
        return new OverlayConfig(
                        role,
                        self,
                        servent,
                        profile,
                        mayLead ? Builder.NEIGHBOURS_OF_A_SUPERNODE : linksWanted,
                        linksWanted,
                        mode,
                        maintained,
                        hopMillis,
                        OverlayLimits.of(role, profile, limits))
                .spreading(dynamicQuerying(profile), forwardsHigherTtl)
                .choosing(mayLead ? RolePolicy.AUTO : RolePolicy.FIXED, TierLimits.of(profile, limits))
                .reading(wireLimits());
    }

    /** Within one machine answers are there so much sooner that waits are a twentieth (spec/praline.md section 3). */
    public static DynamicQueryConfig dynamicQuerying(Profile profile) {
        return switch (profile) {
            case INTERNET, LAN -> DynamicQueryConfig.STANDARD;
            case LAB, EXPERIMENT -> DynamicQueryConfig.STANDARD.hastened(DynamicQueryConfig.LOOPBACK_HASTE);
        };
    }

    /** Puts a configuration together. What is not said has its usual value. */
    public static final class Builder {

        /** A leaf that has three supernodes is not alone when two of them die at once. */
        private static final int SUPERNODES_OF_A_LEAF = 3;

        private static final int NEIGHBOURS_OF_A_PEER = 4;
        private static final int NEIGHBOURS_OF_A_SUPERNODE = 8;

        private final Role role;
        private final Endpoint listen;
        private RolePolicy policy = RolePolicy.FIXED;
        private ImmutableList<Endpoint> seeds = ImmutableList.of();
        private @Nullable Profile profile;
        private int linksWanted;
        private SearchMode mode = SearchMode.INDEX;
        private @Nullable Boolean forwardsHigherTtl;
        private boolean maintained = true;
        private boolean isFirewalled;
        private int hopMillis = OverlayConfig.HOP_MILLIS;
        private ImmutableList<Path> shares = ImmutableList.of();
        private @Nullable Path downloads;
        private DiskChoices disk = DiskChoices.STANDARD;
        private @Nullable Path state;
        private SwarmConfig swarm;
        private ImmutableMap<String, Long> limits = ImmutableMap.of();
        private @Nullable Long seed;

        private Builder(Role role, Endpoint listen) {
            this.role = role;
            this.listen = listen;
            this.swarm = SwarmConfig.standard(listen, Profile.INTERNET);
            this.linksWanted = switch (role) {
                case FLAT -> NEIGHBOURS_OF_A_PEER;
                case LEAF -> SUPERNODES_OF_A_LEAF;
                case SUPERNODE -> NEIGHBOURS_OF_A_SUPERNODE;
            };
        }

        /** With {@link RolePolicy#AUTO} the role is what the node begins as: a leaf. */
        @CanIgnoreReturnValue
        public Builder policy(RolePolicy value) {
            policy = value;
            return this;
        }

        @CanIgnoreReturnValue
        public Builder seeds(Collection<Endpoint> value) {
            seeds = ImmutableList.copyOf(value);
            return this;
        }

        @CanIgnoreReturnValue
        public Builder profile(Profile value) {
            profile = value;
            return this;
        }

        @CanIgnoreReturnValue
        public Builder swarm(SwarmConfig value) {
            swarm = value;
            return this;
        }

        @CanIgnoreReturnValue
        public Builder linksWanted(int value) {
            linksWanted = value;
            return this;
        }

        @CanIgnoreReturnValue
        public Builder mode(SearchMode value) {
            mode = value;
            return this;
        }

        /** Usually it does, but for networks with a given topology whose floods are counted. */
        @CanIgnoreReturnValue
        public Builder forwardsHigherTtl(boolean value) {
            forwardsHigherTtl = value;
            return this;
        }

        @CanIgnoreReturnValue
        public Builder maintained(boolean value) {
            maintained = value;
            return this;
        }

        @CanIgnoreReturnValue
        public Builder firewalled(boolean value) {
            isFirewalled = value;
            return this;
        }

        @CanIgnoreReturnValue
        public Builder hopMillis(int value) {
            hopMillis = value;
            return this;
        }

        @CanIgnoreReturnValue
        public Builder shares(Collection<Path> value) {
            shares = ImmutableList.copyOf(value);
            return this;
        }

        @CanIgnoreReturnValue
        public Builder downloads(Path value) {
            downloads = value;
            return this;
        }

        @CanIgnoreReturnValue
        public Builder disk(DiskChoices value) {
            disk = value;
            return this;
        }

        @CanIgnoreReturnValue
        public Builder state(Path value) {
            state = value;
            return this;
        }

        @CanIgnoreReturnValue
        public Builder limits(Map<String, Long> value) {
            limits = ImmutableMap.copyOf(value);
            return this;
        }

        @CanIgnoreReturnValue
        public Builder seed(long value) {
            seed = value;
            return this;
        }

        /**
         * The configuration, with its limits checked.
         *
         * @throws IllegalArgumentException if a limit lies outside its range; the message names it
         */
        public NodeConfig build() {
            Profile chosen = profile != null
                    ? profile
                    : profileOf(Stream.concat(Stream.of(listen), seeds.stream()).toList());
            NodeConfig config = new NodeConfig(
                    listen,
                    role,
                    policy,
                    seeds,
                    chosen,
                    linksWanted,
                    mode,
                    forwardsHigherTtl != null
                            ? forwardsHigherTtl
                            : chosen != Profile.EXPERIMENT || mode == SearchMode.QUERY_ROUTING,
                    maintained,
                    isFirewalled,
                    hopMillis,
                    shares,
                    downloads,
                    disk,
                    state,
                    swarm,
                    limits,
                    seed != null ? seed : new SecureRandom().nextLong());
            config.checkLimits();
            return config;
        }
    }

    private void checkLimits() {
        wireLimits();
        libraryLimits();
        retrievalLimits();
        transferLimits();
        swarm(listen);
        host();
        OverlayLimits.of(role, profile, limits);
        TierLimits.of(profile, limits);
    }
}
