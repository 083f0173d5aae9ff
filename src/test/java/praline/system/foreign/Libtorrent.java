package praline.system.foreign;

import java.io.IOException;

/** libtorrent by its Python binding, as Debian has it for its own Python. */
final class Libtorrent implements Participant {

    static final String PYTHON = "/usr/bin/python3";

    @Override
    public Running join(Place place, String what) throws IOException {
        return Running.start(
                place.network()
                        .inside(
                                PYTHON,
                                Script.path("libtorrent_peer.py"),
                                place.endpoint(),
                                what,
                                place.data().toString()),
                place.log());
    }

    @Override
    public String toString() {
        return "libtorrent";
    }
}
