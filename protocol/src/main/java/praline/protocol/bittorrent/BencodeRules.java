package praline.protocol.bittorrent;

import praline.protocol.WireLimits;

/**
 * What bencoding is accepted (spec/bittorrent.md 1.2, spec/hardening.md W11).
 *
 * @param isStrict only the canonical form; otherwise leading zeros, {@code i-0e}, unsorted keys and repeated keys, of
 *     which the first counts, are accepted too, because living programs write them
 * @param depth lists and dictionaries that may be open at once
 * @param tokens values and keys in all
 */
public record BencodeRules(boolean isStrict, int depth, int tokens) {

    /** Of torrent files and info dictionaries. */
    public static BencodeRules torrent(WireLimits limits) {
        return new BencodeRules(
                false, limits.bencode().torrentDepth(), limits.bencode().torrentTokens());
    }

    /** Of messages between peers. */
    public static BencodeRules message(WireLimits limits) {
        return new BencodeRules(
                false, limits.bencode().messageDepth(), limits.bencode().messageTokens());
    }

    /** Of what trackers answer. */
    public static BencodeRules tracker(WireLimits limits) {
        return new BencodeRules(
                false, limits.bencode().messageDepth(), limits.bencode().trackerTokens());
    }

    /** The same, accepting the canonical form alone: for what is stored or signed as it came. */
    public BencodeRules strict() {
        return new BencodeRules(true, depth, tokens);
    }
}
