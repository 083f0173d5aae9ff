package praline.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import praline.node.disk.ByteBlock;
import praline.node.disk.Disk;
import praline.node.disk.DiskChoices;
import praline.node.engine.Job;
import praline.node.engine.JobResult;
import praline.node.library.HashCache;
import praline.node.library.LibraryLimits;
import praline.node.transfer.TransferLimits;
import praline.protocol.Sha1;
import praline.protocol.UserError;
import praline.protocol.text.RemoteText;

/**
 * Copies a file that a node of this machine has fetched into a folder of the user's, with all the care of a download:
 * it has its name there only when its bytes are right, and nothing that is there is overwritten.
 */
final class LocalCopy {

    private static final Logger LOG = LoggerFactory.getLogger(LocalCopy.class);
    private static final String UNFINISHED = ".praline-unfinished";
    private static final int BLOCK_SIZE = 1 << 16;

    private LocalCopy() {}

    /** Bytes that are read already. */
    private record Read(ByteBuffer bytes) implements ByteBlock {
        @Override
        public int size() {
            return bytes.remaining();
        }

        @Override
        public void release() {
            bytes.clear();
        }
    }

    /**
     * Returns where the copy is.
     *
     * @param name as the sharer calls it; made safe
     * @throws UserError if the folder cannot be written or has no room, or the bytes are not what the hash says
     */
    static Path of(Path file, Sha1 sha1, RemoteText name, Path folder) {
        try (Disk disk = Disk.open(
                        folder.resolve(UNFINISHED),
                        folder,
                        TransferLimits.STANDARD.download(),
                        DiskChoices.STANDARD,
                        HashCache.inMemory(LibraryLimits.STANDARD));
                SeekableByteChannel channel = Files.newByteChannel(file)) {
            copy(channel, sha1, disk);
            JobResult.Finished finished = (JobResult.Finished) checked(disk.run(new Job.FinishDownload(sha1, name)));
            return Path.of(finished.path());
        } catch (IOException e) {
            throw new UserError(
                    UserError.Kind.BAD_INPUT,
                    "the file cannot be copied (" + e.getClass().getSimpleName() + ")",
                    String.valueOf(e.getMessage()));
        } finally {
            tidy(folder);
        }
    }

    private static void copy(SeekableByteChannel channel, Sha1 sha1, Disk disk) throws IOException {
        JobResult.Opened opened = (JobResult.Opened) checked(disk.run(new Job.OpenDownload(sha1, channel.size())));
        ByteBuffer block = ByteBuffer.allocate(BLOCK_SIZE);
        channel.position(opened.present());
        for (long offset = opened.present(); channel.read(block) > 0; ) {
            int size = block.flip().remaining();
            checked(disk.run(new Job.StoreBlock(sha1, offset, new Read(block))));
            offset += size;
        }
    }

    private static JobResult checked(JobResult result) {
        if (result instanceof JobResult.Failed failed) {
            throw new UserError(UserError.Kind.FAILED, "the file cannot be kept", failed.detail());
        }
        return result;
    }

    /**
     * What an interrupted download or copy left in {@code folder} stays for the next one; an empty place for it goes.
     */
    static void tidy(Path folder) {
        try {
            Files.deleteIfExists(folder.resolve(UNFINISHED));
        } catch (IOException somethingIsLeft) {
            LOG.debug("{} stays in {}", UNFINISHED, folder, somethingIsLeft);
        }
    }
}
