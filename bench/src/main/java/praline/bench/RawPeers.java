package praline.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Neighbours and leaves of one node, played over plain sockets: nothing here knows the node's own code, every byte is
 * written by hand (spec/gnutella.md sections 2 to 4). One thread reads all of them, counts the queries that come and
 * answers pings.
 */
final class RawPeers implements AutoCloseable {

    private static final int HEADER = 23;
    private static final int TYPE_AT = 16;
    private static final int LENGTH_AT = 19;
    private static final int PING = 0x00;
    private static final int PONG = 0x01;
    private static final int BYE = 0x02;
    private static final int QUERY = 0x80;
    private static final int PONG_PAYLOAD = 14;
    private static final int HEAD_MAX = 4_096;
    private static final int READ_SIZE = 1 << 18;
    private static final int SEND_BUFFER = 1 << 18;
    /** How long to wait for a socket that is full. */
    private static final long FULL_NANOS = 50_000;

    private final InetSocketAddress node;
    private final Selector selector;
    private final Thread reader = new Thread(this::readAll, "raw-peers");
    private final List<Peer> peers = new ArrayList<>();
    private volatile @Nullable Throwable failure;
    private volatile boolean closing;

    RawPeers(InetSocketAddress node) throws IOException {
        this.node = node;
        this.selector = Selector.open();
        reader.setDaemon(true);
        reader.start();
    }

    /** Which seat a peer takes. */
    enum Seat {
        ULTRAPEER("True"),
        LEAF("False");

        private final String isUltrapeer;

        Seat(String isUltrapeer) {
            this.isUltrapeer = isUltrapeer;
        }
    }

    /** One of them. */
    static final class Peer {
        private final SocketChannel channel;
        private final ByteBuffer header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
        private int toSkip;
        private final LongAdder queries = new LongAdder();

        private Peer(SocketChannel channel) {
            this.channel = channel;
        }

        /** Queries that came so far. */
        long queries() {
            return queries.sum();
        }

        /** Sends all of {@code bytes}, whole messages, as fast as the node takes them. */
        void send(ByteBuffer bytes) throws IOException {
            while (bytes.hasRemaining()) {
                if (channel.write(bytes) == 0) {
                    LockSupport.parkNanos(FULL_NANOS);
                }
            }
        }

        private void take(ByteBuffer chunk) throws IOException {
            long came = 0;
            while (chunk.hasRemaining()) {
                if (toSkip > 0) {
                    int skipped = Math.min(toSkip, chunk.remaining());
                    chunk.position(chunk.position() + skipped);
                    toSkip -= skipped;
                    continue;
                }
                int part = Math.min(header.remaining(), chunk.remaining());
                header.put(chunk.slice(chunk.position(), part));
                chunk.position(chunk.position() + part);
                if (!header.hasRemaining()) {
                    toSkip = header.getInt(LENGTH_AT);
                    came += onHeader(header.get(TYPE_AT) & 0xFF);
                    header.clear();
                }
            }
            queries.add(came);
        }

        private int onHeader(int type) throws IOException {
            switch (type) {
                case PING -> send(pong());
                case BYE -> throw new IOException("the node said Bye");
                case QUERY -> {
                    return 1;
                }
                default -> {
                    // tables, vendor messages: read and forgotten
                }
            }
            return 0;
        }

        private ByteBuffer pong() {
            ByteBuffer pong = ByteBuffer.allocate(HEADER + PONG_PAYLOAD).order(ByteOrder.LITTLE_ENDIAN);
            pong.put(header.array(), 0, TYPE_AT).put((byte) PONG).put((byte) 1).put((byte) 0);
            return pong.putInt(PONG_PAYLOAD).rewind();
        }
    }

    /** Connects one more and shakes hands. */
    Peer join(Seat seat) throws IOException {
        SocketChannel channel = SocketChannel.open(node);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER);
        Peer peer = new Peer(channel);
        channel.write(ascii("GNUTELLA CONNECT/0.6\r\nUser-Agent: raw\r\nX-Query-Routing: 0.1\r\nGGEP: 0.5\r\n"
                + "Pong-Caching: 0.1\r\nBye-Packet: 0.1\r\nX-Max-TTL: 4\r\nX-Ultrapeer: " + seat.isUltrapeer + "\r\n"
                + (seat == Seat.ULTRAPEER ? "X-Degree: 32\r\nX-Ultrapeer-Query-Routing: 0.1\r\n" : "") + "\r\n"));
        String answer = head(channel);
        if (!answer.startsWith("GNUTELLA/0.6 200")) {
            throw new IOException("refused: " + answer);
        }
        channel.write(ascii("GNUTELLA/0.6 200 OK\r\n\r\n"));
        channel.configureBlocking(false).register(selector, SelectionKey.OP_READ, peer);
        selector.wakeup();
        peers.add(peer);
        return peer;
    }

    /** All queries that came to all of them. */
    long queries() throws IOException {
        if (failure != null) {
            throw new IOException("the raw peers stopped", failure);
        }
        return peers.stream().mapToLong(Peer::queries).sum();
    }

    @Override
    public void close() throws IOException {
        closing = true;
        for (Peer peer : peers) {
            peer.channel.close();
        }
        selector.close();
    }

    private void readAll() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(READ_SIZE);
        try {
            while (!closing) {
                selector.select(key -> read((Peer) key.attachment(), buffer));
            }
        } catch (IOException | RuntimeException e) {
            if (!closing) {
                failure = e;
            }
        }
    }

    private void read(Peer peer, ByteBuffer buffer) {
        try {
            buffer.clear();
            if (peer.channel.read(buffer) < 0) {
                throw new IOException("the node closed a link");
            }
            peer.take(buffer.flip());
        } catch (IOException e) {
            throw new IllegalStateException("a link failed", e);
        }
    }

    private static String head(SocketChannel channel) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        StringBuilder head = new StringBuilder();
        while (head.length() < HEAD_MAX && head.indexOf("\r\n\r\n", head.length() - 4) < 0) {
            if (channel.read(one.clear()) < 0) {
                throw new IOException("closed in the handshake: " + head);
            }
            head.append((char) one.get(0));
        }
        return head.toString();
    }

    private static ByteBuffer ascii(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }
}
