package praline.node.overlay;

import praline.protocol.Sha1;

/**
 * Is told which words and contents a {@link LeafIndex} gains and loses: what a supernode's query routing table says of
 * its leaves' files (spec/praline.md section 2).
 *
 * <p>What is told as gained is told as gone as often, so a counter per slot of a table always comes back to nought. A
 * word is told when the first file has it, and is gone with the last; only one too long for the index to know it whole
 * is told with each file. Words are canonical (spec/gnutella.md 6.4). Partial files do not count, because no query
 * finds them. Files of a leaf that closed are gone when {@link LeafIndex#purge} comes to them: meanwhile a table says a
 * little too much, never too little.
 */
public interface IndexWatcher {

    void onWord(String word);

    void onWordGone(String word);

    /** The first file with this content. */
    void onContent(Sha1 sha1);

    /** The last file with this content has gone. */
    void onContentGone(Sha1 sha1);
}
