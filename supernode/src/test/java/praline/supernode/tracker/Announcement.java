package praline.supernode.tracker;

import praline.protocol.Bytes;
import praline.protocol.Sha1;
import praline.protocol.bittorrent.AnnounceRequest;
import praline.protocol.bittorrent.AnnounceRequest.Event;

/** What peers of a test announce. */
record Announcement(Sha1 infohash, int port, long left, Event event, int key, int wanted) {

    static final Sha1 TORRENT = Sha1.digestOf(new byte[] {1});
    static final Sha1 ANOTHER = Sha1.digestOf(new byte[] {2});

    private static final Bytes PEER_ID = Bytes.ofUtf8("-GN0001-abcdefghijkl");

    /** A peer that listens there, has nothing and no key, and takes as many others as it is given. */
    static Announcement of(int port) {
        return new Announcement(TORRENT, port, 1_000, Event.NONE, 0, -1);
    }

    Announcement to(Sha1 newInfohash) {
        return new Announcement(newInfohash, port, left, event, key, wanted);
    }

    Announcement left(long newLeft) {
        return new Announcement(infohash, port, newLeft, event, key, wanted);
    }

    Announcement event(Event newEvent) {
        return new Announcement(infohash, port, left, newEvent, key, wanted);
    }

    Announcement key(int newKey) {
        return new Announcement(infohash, port, left, event, newKey, wanted);
    }

    Announcement wanted(int newWanted) {
        return new Announcement(infohash, port, left, event, key, newWanted);
    }

    AnnounceRequest request() {
        return new AnnounceRequest(infohash, PEER_ID, port, 0, 0, left, event, key, wanted);
    }
}
