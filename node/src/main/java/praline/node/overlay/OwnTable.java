package praline.node.overlay;

import com.google.common.collect.ImmutableList;
import org.jspecify.annotations.Nullable;
import praline.protocol.Sha1;
import praline.protocol.gnutella.IndexRecord;
import praline.protocol.gnutella.QrpHash;
import praline.protocol.gnutella.QrpTable;
import praline.protocol.gnutella.QrpWords;

/**
 * What this node's own table says: its files, and on a supernode what its index holds and what its leaves' tables have
 * (spec/gnutella.md 9.4; spec/praline.md section 2).
 *
 * <p>Files are read anew after each change, a step at a time. The index tells its changes, which are counted by slot,
 * so that a word goes when nobody has it any more. A slot that was counted to the end of its range stays for good: then
 * a table says too much, which is harmless.
 */
final class OwnTable implements IndexWatcher {

    /** Files that are read in one step: a few milliseconds. */
    private static final int FILES_PER_STEP = 2_000;

    private static final char[] NO_COUNTS = {};
    static final QrpTable EMPTY = QrpTable.empty(QrpTable.OUR_BITS);

    private final SharedFiles files;
    private final Runnable onChange;
    private boolean isFilesStale = true;
    private @Nullable Reading reading;
    private QrpTable ofFiles = EMPTY;
    private char[] indexCounts = NO_COUNTS;
    private int indexSlots;

    /** Files on their way into a table. */
    private static final class Reading {
        final ImmutableList<IndexRecord.Add> files;
        final QrpTable.Builder table = QrpTable.builder(QrpTable.OUR_BITS);
        int next;

        Reading(ImmutableList<IndexRecord.Add> files) {
            this.files = files;
        }
    }

    /** @param onChange told whenever the table may say something else from here on */
    OwnTable(SharedFiles files, Runnable onChange) {
        this.files = files;
        this.onChange = onChange;
    }

    void filesChanged() {
        isFilesStale = true;
        onChange.run();
    }

    /** Reads some more of the files. True: all are read that there were when the last reading began. */
    boolean readFiles() {
        if (reading == null) {
            if (!isFilesStale) {
                return true;
            }
            isFilesStale = false;
            reading = new Reading(files.published());
        }
        int end = Math.min(reading.files.size(), reading.next + FILES_PER_STEP);
        for (; reading.next < end; reading.next++) {
            IndexRecord.Add file = reading.files.get(reading.next);
            QrpWords.hashesOf(file.name().utf8(), file.sha1(), reading.table::addHash);
        }
        if (end < reading.files.size()) {
            return false;
        }
        ofFiles = end == 0 ? EMPTY : reading.table.build();
        reading = null;
        return true;
    }

    /** The table as it is to be sent, of the files that were read last. */
    QrpTable with(@Nullable LeafTables leaves) {
        boolean hasLeaves = leaves != null && !leaves.isEmpty();
        if (indexSlots == 0 && !hasLeaves) {
            return ofFiles;
        }
        QrpTable.Builder all = ofFiles.toBuilder();
        for (int slot = 0; slot < indexCounts.length; slot++) {
            if (indexCounts[slot] > 0) {
                all.addSlot(slot);
            }
        }
        if (leaves != null) {
            leaves.addTo(all);
        }
        return all.build();
    }

    @Override
    public void onWord(String word) {
        QrpWords.hashesOf(word, this::gain);
        onChange.run();
    }

    @Override
    public void onWordGone(String word) {
        QrpWords.hashesOf(word, this::lose);
        onChange.run();
    }

    @Override
    public void onContent(Sha1 sha1) {
        gain(QrpWords.hashOf(sha1));
        onChange.run();
    }

    @Override
    public void onContentGone(Sha1 sha1) {
        lose(QrpWords.hashOf(sha1));
        onChange.run();
    }

    private void gain(int hash) {
        if (indexCounts.length == 0) {
            indexCounts = new char[EMPTY.slots()];
        }
        int slot = QrpHash.slot(hash, QrpTable.OUR_BITS);
        if (indexCounts[slot] == 0) {
            indexSlots++;
        }
        if (indexCounts[slot] < Character.MAX_VALUE) {
            indexCounts[slot]++;
        }
    }

    private void lose(int hash) {
        int slot = QrpHash.slot(hash, QrpTable.OUR_BITS);
        if (indexCounts[slot] == Character.MAX_VALUE) {
            return;
        }
        indexCounts[slot]--;
        if (indexCounts[slot] == 0) {
            indexSlots--;
        }
    }
}
