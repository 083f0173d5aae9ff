package praline.node;

/** Hears what a search finds, on the node's event loop. */
public interface SearchListener {

    /** A file was found; one that many nodes share comes once from each. */
    void onHit(SearchHit hit);

    /** Nobody is being asked any more. Late hits may still come. */
    default void onQuiet() {}
}
