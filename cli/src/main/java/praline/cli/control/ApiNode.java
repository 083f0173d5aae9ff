package praline.cli.control;

import io.vertx.core.Future;
import java.util.function.Consumer;

/** What the API asks of one node, be it in this process or in one of its own. */
interface ApiNode {

    /** How it stands. */
    Future<NodeAnswer> status();

    /** Searches; {@code lines} gets the hits and then the end, and running what is returned stops it early. */
    Runnable search(SearchRequest request, Consumer<SearchLine> lines);

    /** Fetches a file into the node's folder; {@code lines} gets the news of it, until it is done or has failed. */
    Runnable get(GetRequest request, Consumer<GetLine> lines);
}
