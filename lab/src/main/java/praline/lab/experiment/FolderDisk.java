package praline.lab.experiment;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import praline.node.disk.Disk;
import praline.node.disk.DiskChoices;
import praline.node.disk.SharedFileReader;
import praline.node.engine.Job;
import praline.node.engine.JobResult;
import praline.node.library.HashCache;
import praline.node.library.LibraryLimits;
import praline.node.net.NodeDisk;
import praline.node.transfer.SharedFile;
import praline.node.transfer.TransferLimits;
import praline.protocol.Sha1;

/** A folder for one node of an experiment on TCP: what is done lies in it, what grows in a folder of it. */
final class FolderDisk implements NodeDisk, AutoCloseable {

    private final Disk disk;

    FolderDisk(Path folder) throws IOException {
        TransferLimits.Download limits = TransferLimits.STANDARD.download();
        HashCache hashes = HashCache.inMemory(LibraryLimits.STANDARD);
        disk = Disk.open(folder.resolve("unfinished"), folder, limits, DiskChoices.STANDARD, hashes);
    }

    @Override
    public JobResult run(Job job) {
        return disk.run(job);
    }

    @Override
    public byte[] read(SharedFile file, long offset, int size) throws IOException {
        try (SharedFileReader reader = SharedFileReader.open(file)) {
            ByteBuffer bytes = ByteBuffer.allocate(size);
            reader.read(bytes, offset);
            return bytes.array();
        }
    }

    @Override
    public void readTorrent(Sha1 torrent, int piece, int begin, ByteBuffer into) throws IOException {
        disk.read(torrent, piece, begin, into);
    }

    @Override
    public void close() throws IOException {
        disk.close();
    }
}
