package praline.lab.topology;

import com.google.common.base.CharMatcher;
import com.google.common.base.Splitter;
import com.google.common.escape.Escaper;
import com.google.common.escape.Escapers;
import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Reads a graph from a list of edges, as SNAP publishes crawls: one edge a line, two node numbers apart by blanks;
 * lines that begin with {@code #} are comments. Plain or gzip, whatever the file is called.
 *
 * <p>Direction, loops and repeated edges are ignored. Nodes are renumbered by ascending number in the file, and only
 * those that have an edge exist. A file may come from anywhere: its lines and the number of edges are bounded, and the
 * first thing that is wrong ends the reading.
 */
public final class EdgeListFile {

    /** More than any published crawl has, few enough for the memory of one machine. */
    private static final int EDGES_MAX = 50_000_000;

    private static final int LINE_LENGTH_MAX = 1_024;
    private static final int SHOWN_MAX = 40;
    private static final String EXPECTED = "expected two node numbers (0 to 2147483647), but found ";
    private static final Splitter BLANKS = Splitter.on(CharMatcher.anyOf(" \t")).omitEmptyStrings();
    private static final Escaper VISIBLE =
            Escapers.builder().setSafeRange(' ', '~').setUnsafeReplacement("?").build();

    private final Path file;
    private final StringBuilder line = new StringBuilder();
    private long lineNumber;
    private long[] edges = new long[1_024];
    private int edgeCount;

    private EdgeListFile(Path file) {
        this.file = file;
    }

    /** Reads {@code file} whole; throws when it cannot be read or is no list of edges. */
    public static Graph read(Path file) throws GraphFileException {
        return new EdgeListFile(file).read();
    }

    private Graph read() throws GraphFileException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file));
                Reader reader = new BufferedReader(new InputStreamReader(unpacked(in), StandardCharsets.UTF_8))) {
            while (nextLine(reader)) {
                takeLine(line.toString().strip());
            }
        } catch (NoSuchFileException e) {
            throw GraphFileException.ofFile(file, "there is no such file", e);
        } catch (AccessDeniedException e) {
            throw GraphFileException.ofFile(file, "it may not be read", e);
        } catch (ZipException e) {
            throw GraphFileException.ofFile(file, "the gzip data is damaged after line " + lineNumber, e);
        } catch (IOException e) {
            throw GraphFileException.ofFile(file, "reading failed: " + e.getMessage(), e);
        }
        if (edgeCount == 0) {
            throw GraphFileException.ofFile(file, "there is no edge in it", null);
        }
        return graph();
    }

    /** The bytes behind the gzip, if the first two bytes say that it is one. */
    private static InputStream unpacked(InputStream in) throws IOException {
        in.mark(2);
        boolean packed = in.read() == 0x1F && in.read() == 0x8B;
        in.reset();
        return packed ? new GZIPInputStream(in) : in;
    }

    /** Reads the next line, bounded, unlike the JDK's way: a file of one endless line must not fill the memory. */
    private boolean nextLine(Reader reader) throws IOException, GraphFileException {
        line.setLength(0);
        lineNumber++;
        int c = reader.read();
        if (c < 0) {
            return false;
        }
        for (; c >= 0 && c != '\n'; c = reader.read()) {
            if (line.length() == LINE_LENGTH_MAX) {
                throw GraphFileException.inLine(
                        file, lineNumber, EXPECTED + "more than " + LINE_LENGTH_MAX + " letters");
            }
            line.append((char) c);
        }
        return true;
    }

    private void takeLine(String text) throws GraphFileException {
        if (text.isEmpty() || text.startsWith("#")) {
            return;
        }
        List<String> fields = BLANKS.splitToList(text);
        int source = fields.size() == 2 ? number(fields.get(0)) : -1;
        int target = fields.size() == 2 ? number(fields.get(1)) : -1;
        if (source < 0 || target < 0) {
            throw GraphFileException.inLine(file, lineNumber, EXPECTED + "\"" + shown(text) + "\"");
        }
        if (edgeCount == EDGES_MAX) {
            throw GraphFileException.inLine(file, lineNumber, "expected at most " + EDGES_MAX + " edges");
        }
        if (edgeCount == edges.length) {
            edges = Arrays.copyOf(edges, 2 * edgeCount);
        }
        edges[edgeCount++] = (long) source << 32 | target;
    }

    /** The number that {@code text} writes in decimal digits, or -1. */
    private static int number(String text) {
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            char digit = text.charAt(i);
            if (digit < '0' || digit > '9') {
                return -1;
            }
            value = 10 * value + digit - '0';
            if (value > Integer.MAX_VALUE) {
                return -1;
            }
        }
        return (int) value;
    }

    /** A stranger's text, cut and without anything that could act on a terminal. */
    private static String shown(String text) {
        String cut = text.length() <= SHOWN_MAX ? text : text.substring(0, SHOWN_MAX) + "...";
        return VISIBLE.escape(cut);
    }

    private Graph graph() {
        int[] numbers = new int[2 * edgeCount];
        for (int edge = 0; edge < edgeCount; edge++) {
            numbers[2 * edge] = (int) (edges[edge] >>> 32);
            numbers[2 * edge + 1] = (int) edges[edge];
        }
        int[] nodes = Arrays.stream(numbers).sorted().distinct().toArray();
        GraphBuilder graph = new GraphBuilder(nodes.length);
        for (int edge = 0; edge < edgeCount; edge++) {
            graph.add(Arrays.binarySearch(nodes, numbers[2 * edge]), Arrays.binarySearch(nodes, numbers[2 * edge + 1]));
        }
        return graph.build();
    }
}
