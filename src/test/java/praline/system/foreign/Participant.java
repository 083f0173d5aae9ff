package praline.system.foreign;

import java.io.IOException;

/** A program that takes part in a swarm: it gives what it has, and takes what it has not, until it is ended. */
interface Participant {

    /** Where all listen. */
    int PORT = 6881;

    /**
     * Starts it.
     *
     * @param what a torrent file's path or a magnet link
     */
    Running join(Place place, String what) throws IOException;
}
