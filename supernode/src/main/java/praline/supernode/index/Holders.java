package praline.supernode.index;

import com.google.common.collect.ImmutableList;
import java.util.LinkedHashMap;
import java.util.Map;
import praline.node.overlay.LeafIndex.Holder;

/** Collects the leaves that have the content of one torrent, up to a limit; a leaf that has it twice counts once. */
final class Holders {

    private final DocumentSpace space;
    private final int max;
    private final Map<Integer, Boolean> partialByLeaf = new LinkedHashMap<>();
    private int readsLeft;

    /**
     * @param max how many leaves are wanted
     * @param readsMax how many documents may be looked at; a leaf may publish one content a hundred thousand times
     */
    Holders(DocumentSpace space, int max, int readsMax) {
        this.space = space;
        this.max = max;
        this.readsLeft = readsMax;
    }

    /** Takes the document's leaf in if it is live. False: there is enough. */
    boolean offer(int document) {
        if (space.isLive(document) && partialByLeaf.size() < max && readsLeft-- > 0) {
            boolean isPartial = RecordPage.isPartial(space.contentOf(document), DocumentSpace.place(document));
            partialByLeaf.merge(space.owner(document).leaf(), isPartial, Boolean::logicalAnd);
        }
        return partialByLeaf.size() < max && readsLeft > 0;
    }

    ImmutableList<Holder> all() {
        return partialByLeaf.entrySet().stream()
                .map(leaf -> new Holder(leaf.getKey(), leaf.getValue()))
                .collect(ImmutableList.toImmutableList());
    }
}
