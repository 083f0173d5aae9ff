package praline.node.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import praline.node.engine.Job;
import praline.node.engine.JobResult;
import praline.node.transfer.SharedFile;
import praline.protocol.Sha1;

/** What a host has done by its workers. Its methods block, and several threads may call them at once. */
public interface NodeDisk {

    /** Of a node that has no files: every job fails. */
    NodeDisk NONE = new NodeDisk() {
        @Override
        public JobResult run(Job job) {
            return new JobResult.Failed(JobResult.Problem.IO_ERROR, "this node has no disk");
        }

        @Override
        public byte[] read(SharedFile file, long offset, int size) throws IOException {
            throw new IOException("this node has no disk");
        }

        @Override
        public void readTorrent(Sha1 torrent, int piece, int begin, ByteBuffer into) throws IOException {
            throw new IOException("this node has no disk");
        }
    };

    /**
     * Does what an engine asked for and says how it ended; a failure is a result, not an exception. Jobs about one
     * download or torrent come one by one, in order; only storing and checking pieces of one torrent run side by side.
     */
    JobResult run(Job job);

    /**
     * The bytes of a shared file from {@code offset} on, exactly {@code size} of them.
     *
     * @throws IOException if they cannot be read, or the file is not what others were promised any more
     */
    byte[] read(SharedFile file, long offset, int size) throws IOException;

    /**
     * Fills {@code into} from its position to its limit with the bytes of an open torrent that begin in {@code piece}
     * at {@code begin}; they may go on in the pieces behind it.
     *
     * @throws IOException if they cannot be read, the torrent is not open or does not reach so far
     */
    void readTorrent(Sha1 torrent, int piece, int begin, ByteBuffer into) throws IOException;
}
