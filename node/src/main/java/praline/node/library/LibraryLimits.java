package praline.node.library;

import com.google.common.collect.ImmutableList;
import praline.protocol.Limit;
import praline.protocol.LimitSpec;
import praline.protocol.Limits;

/** The bounds of what is shared (spec/hardening.md D12). */
public record LibraryLimits(Library library) {

    /** Every limit at its standard value. */
    public static final LibraryLimits STANDARD = Limits.standard(LibraryLimits.class);

    /** The table of these limits. */
    public static ImmutableList<LimitSpec> specs() {
        return Limits.specsOf(LibraryLimits.class);
    }

    /** What a scan takes in. */
    public record Library(
            @Limit(
                    standard = 1_000_000,
                    min = 1,
                    max = 10_000_000,
                    unit = "files",
                    reason = "a share folder that is a whole disk by mistake must not fill the memory")
            int files,

            @Limit(
                    standard = 32,
                    min = 1,
                    max = 1_000,
                    unit = "folders",
                    reason = "deeper trees are not made by people")
            int depth,

            @Limit(
                    standard = 16L << 40,
                    min = 1,
                    max = 1L << 50,
                    unit = "bytes",
                    reason = "the piece hashes of a larger file, sparse or real, take more than 20 MiB")
            long fileSize) {}
}
