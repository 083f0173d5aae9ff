package praline.node.net;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import praline.protocol.Endpoint;

/** The other end of a connection, byte by byte, without any manners. */
final class RawPeer implements AutoCloseable {

    static final String GREETING = "GNUTELLA CONNECT/0.6\r\nUser-Agent: Raw/1.0\r\n\r\n";
    static final String CONFIRMATION = "GNUTELLA/0.6 200 OK\r\n\r\n";

    private static final int PATIENCE_MILLIS = 20_000;

    final Socket socket;

    private RawPeer(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    static RawPeer dial(Endpoint to) throws IOException {
        return dial(to, 0);
    }

    /** {@code receiveBuffer} in bytes bounds what the system takes for a peer that does not read; 0: as it likes. */
    static RawPeer dial(Endpoint to, int receiveBuffer) throws IOException {
        Socket socket = new Socket();
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.connect(new InetSocketAddress(to.host(), to.port()), PATIENCE_MILLIS);
        return new RawPeer(socket);
    }

    static RawPeer of(Socket accepted) throws IOException {
        return new RawPeer(accepted);
    }

    /** Dials and shakes hands. */
    static RawPeer join(Endpoint to, int receiveBuffer) throws IOException {
        RawPeer peer = dial(to, receiveBuffer);
        peer.say(GREETING);
        peer.hearBlock();
        peer.say(CONFIRMATION);
        return peer;
    }

    void say(String text) throws IOException {
        say(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void say(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** False: the connection is gone. */
    boolean trySay(String text) {
        try {
            say(text);
            return true;
        } catch (IOException gone) {
            return false;
        }
    }

    /** Reads one handshake block. */
    String hearBlock() throws IOException {
        StringBuilder block = new StringBuilder();
        while (block.indexOf("\r\n\r\n") < 0) {
            int next = socket.getInputStream().read();
            if (next < 0) {
                throw new IOException("closed after \"" + block + "\"");
            }
            block.append((char) next);
        }
        return block.toString();
    }

    /** Reads to the end; how many bytes there were. A reset is an end, too. */
    long drain() throws IOException {
        InputStream in = socket.getInputStream();
        byte[] buffer = new byte[8_192];
        long total = 0;
        try {
            for (int size = in.read(buffer); size >= 0; size = in.read(buffer)) {
                total += size;
            }
        } catch (SocketTimeoutException notClosed) {
            throw notClosed;
        } catch (IOException reset) {
            return total;
        }
        return total;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
