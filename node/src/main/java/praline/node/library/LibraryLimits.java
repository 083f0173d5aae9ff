package praline.node.library;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.Immutable;
import java.util.LinkedHashMap;
import java.util.Map;
import praline.node.engine.Profile;
import praline.protocol.Limit;
import praline.protocol.LimitSpec;
import praline.protocol.Limits;

/** The bounds of what a scan of the share folders takes in (spec/hardening.md D12). */
@Immutable
public record LibraryLimits(
        @Limit(
                standard = 1_000_000,
                min = 1,
                max = 10_000_000,
                unit = "files",
                reason = "a share folder that is a whole disk by mistake must not fill the memory")
        int files,

        @Limit(standard = 32, min = 1, max = 1_000, unit = "folders", reason = "deeper trees are not made by people")
        int depth,

        @Limit(
                standard = 16L << 40,
                min = 1,
                max = 1L << 50,
                unit = "bytes",
                reason = "the piece hashes of a larger file, sparse or real, take more than 20 MiB")
        long fileSize,

        @Limit(
                standard = 8_192,
                min = 0,
                max = 1_000_000,
                unit = "folders",
                reason = "watched for changes; what many systems allow. The others are looked through in turn")
        int watched) {

    /** The key of each limit begins with the name of this one component. */
    @Immutable
    public record Group(LibraryLimits library) {}

    /** Every limit at its standard value. */
    public static final LibraryLimits STANDARD = Limits.standard(Group.class).library();

    /** The table of these limits. */
    public static ImmutableList<LimitSpec> specs() {
        return Limits.specsOf(Group.class);
    }

    /**
     * The limits of a profile: hundreds of nodes in one process, as in a laboratory, have no watch on their folders,
     * because a system gives a process few.
     */
    public static LibraryLimits of(Profile profile, Map<String, Long> overrides) {
        return switch (profile) {
            case INTERNET, LAN -> with(overrides);
            case LAB, EXPERIMENT -> {
                Map<String, Long> limits = new LinkedHashMap<>(overrides);
                limits.putIfAbsent("limits.library.watched", 0L);
                yield with(limits);
            }
        };
    }

    /** Standard values but for {@code overrides}; see {@link Limits#with}. */
    public static LibraryLimits with(Map<String, Long> overrides) {
        return Limits.with(Group.class, overrides).library();
    }
}
