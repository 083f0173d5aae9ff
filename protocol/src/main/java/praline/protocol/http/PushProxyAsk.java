package praline.protocol.http;

import com.google.common.base.Ascii;
import com.google.common.base.Splitter;
import com.google.common.io.BaseEncoding;
import com.google.common.primitives.Longs;
import com.google.errorprone.annotations.Immutable;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import praline.protocol.Guid;

/**
 * What a downloader asks of a sharer's push proxy (spec/gnutella-download.md section 9).
 *
 * <pre>/gnutella/push-proxy?ServerId=BASE32&amp;file=INDEX      /gnet/push-proxy?guid=HEX</pre>
 *
 * @param servent the sharer
 * @param index the sharer's number of the file, 0..2^32-1; 0 is any
 */
@Immutable
public record PushProxyAsk(Guid servent, long index) {

    private static final BaseEncoding BASE32 = BaseEncoding.base32().omitPadding();
    private static final Splitter PAIRS = Splitter.on('&').limit(16);
    private static final int BASE32_DIGITS = 26;
    private static final long INDEX_MAX = 0xFFFF_FFFFL;

    /** Reads what stands behind the question mark; empty when no sharer is named as it should be. */
    public static Optional<PushProxyAsk> parse(String rawQuery) {
        Guid servent = null;
        long index = 0;
        for (String pair : PAIRS.split(rawQuery)) {
            int equals = pair.indexOf('=');
            String name = Ascii.toLowerCase(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            switch (name) {
                case "serverid" -> servent = ofBase32(value);
                case "guid" -> servent = ofHex(value);
                case "file" -> index = index(value);
                default -> {
                    // Whatever else somebody wants to say, as tls=true.
                }
            }
        }
        return servent == null || index < 0 ? Optional.empty() : Optional.of(new PushProxyAsk(servent, index));
    }

    /** The target of a request that asks so. */
    public String target() {
        ByteBuffer bytes = ByteBuffer.allocate(Guid.SIZE);
        servent.writeTo(bytes);
        return "/gnutella/push-proxy?ServerId=" + BASE32.encode(bytes.array()) + "&file=" + index;
    }

    private static @Nullable Guid ofBase32(String digits) {
        String upper = Ascii.toUpperCase(digits);
        boolean isGuid = digits.length() == BASE32_DIGITS && BASE32.canDecode(upper);
        return isGuid ? Guid.read(ByteBuffer.wrap(BASE32.decode(upper))) : null;
    }

    private static @Nullable Guid ofHex(String digits) {
        String lower = Ascii.toLowerCase(digits);
        boolean isGuid = digits.length() == 2 * Guid.SIZE
                && BaseEncoding.base16().lowerCase().canDecode(lower);
        return isGuid ? Guid.ofHex(lower) : null;
    }

    /** -1 for what is no index. */
    private static long index(String digits) {
        Long index = Longs.tryParse(digits);
        return index == null || index > INDEX_MAX ? -1 : index;
    }
}
