package praline.system.raw;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HexFormat;
import java.util.Locale;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;

/** A servent of Gnutella 0.6 at one end of a socket, in either seat, with a stream that may be deflated. */
final class RawServent implements Closeable {

    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;
    /** Where it says that it listens; nobody is ever answered there. */
    private final ServerSocket listening;

    private DataInputStream in;
    private OutputStream out;

    private RawServent(Socket socket, ServerSocket listening) throws IOException {
        this.socket = socket;
        this.listening = listening;
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    /** One descriptor as it came; {@code text} is its payload, a character for each byte. */
    record Descriptor(String guid, int type, int ttl, int hops, String text) {

        /** One byte of the payload. */
        int octetAt(int offset) {
            return text.charAt(offset);
        }

        /** Two bytes of the payload, the lower one first. */
        int shortAt(int offset) {
            return octetAt(offset) | (octetAt(offset + 1) << 8);
        }
    }

    /** A connection on which nothing was said yet. */
    static RawServent dial(InetSocketAddress node) throws IOException {
        Socket socket = new Socket(node.getAddress(), node.getPort());
        return new RawServent(socket, new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
    }

    /** Waits until a node dials {@code door}. */
    static RawServent accept(ServerSocket door) throws IOException {
        door.setSoTimeout(PATIENCE_MILLIS);
        return new RawServent(door.accept(), new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
    }

    /** A leaf that has joined {@code node}. */
    static RawServent leaf(InetSocketAddress node) throws IOException {
        return joined(node, "X-Ultrapeer: False", "X-Query-Routing: 0.2", "Accept-Encoding: deflate");
    }

    /** An ultrapeer that has joined {@code node}, as gtk-gnutella does, on a plain link. */
    static RawServent ultrapeer(InetSocketAddress node) throws IOException {
        return joined(
                node,
                "X-Ultrapeer: True",
                "X-Query-Routing: 0.2",
                "X-Ultrapeer-Query-Routing: 0.1",
                "X-Degree: 32",
                "X-Max-TTL: 4",
                "X-Dynamic-Querying: 0.1",
                "X-Ext-Probes: 0.1");
    }

    /** Says these things, and confirms. */
    static RawServent joined(InetSocketAddress node, String... headers) throws IOException {
        RawServent servent = dial(node);
        String answer = servent.greet(headers);
        if (!answer.startsWith("GNUTELLA/0.6 200 ")) {
            throw new AssertionError("not taken: " + answer);
        }
        servent.confirm();
        servent.send(RawBytes.messagesSupported());
        return servent;
    }

    /** Step 1, with a user agent and what every living servent says; returns step 2. */
    String greet(String... headers) throws IOException {
        write("GNUTELLA CONNECT/0.6\r\n" + usual() + String.join("\r\n", headers) + "\r\n\r\n");
        return block();
    }

    /** Step 2 as an ultrapeer that deflates if the other end takes it. */
    void agree(boolean deflates) throws IOException {
        write("GNUTELLA/0.6 200 OK\r\n" + usual() + "X-Ultrapeer: True\r\nX-Degree: 32\r\nX-Query-Routing: 0.2\r\n"
                + "X-Dynamic-Querying: 0.1\r\nAccept-Encoding: deflate\r\n"
                + (deflates ? "Content-Encoding: deflate\r\n" : "") + "\r\n");
        if (deflates) {
            deflateOutput();
        }
    }

    /** Step 3 in its shortest form. */
    void confirm() throws IOException {
        write("GNUTELLA/0.6 200 OK\r\n\r\n");
    }

    /** Step 3 of somebody who deflates, and who was told that the other end does. */
    void confirmDeflated() throws IOException {
        write("GNUTELLA/0.6 200 OK\r\nContent-Encoding: deflate\r\n\r\n");
        deflateOutput();
        inflateInput();
    }

    void deflateOutput() {
        out = new DeflaterOutputStream(out, true);
    }

    void inflateInput() {
        InputStream inflated = new InflaterInputStream(in);
        in = new DataInputStream(inflated);
    }

    /** Writes to the socket what no deflater sees. */
    void sendPlain(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    void send(byte[] descriptor) throws IOException {
        out.write(descriptor);
        out.flush();
    }

    void write(String text) throws IOException {
        send(text.getBytes(ISO_8859_1));
    }

    /** The next header block, its empty line included. */
    String block() throws IOException {
        StringBuilder block = new StringBuilder();
        while (block.indexOf("\r\n\r\n") < 0) {
            block.append((char) in.readUnsignedByte());
        }
        return block.toString();
    }

    /** The value of a header in a block; empty when there is none. */
    static String header(String block, String name) {
        return block.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":"))
                .findFirst()
                .map(line -> line.substring(name.length() + 1).strip())
                .orElse("");
    }

    /** The next descriptor of this type; those before it are passed over. */
    Descriptor next(int type) throws IOException {
        while (true) {
            Descriptor descriptor = next();
            if (descriptor.type() == type) {
                return descriptor;
            }
        }
    }

    /** The next descriptor. */
    Descriptor next() throws IOException {
        byte[] guid = in.readNBytes(16);
        int type = in.readUnsignedByte();
        int ttl = in.readUnsignedByte();
        int hops = in.readUnsignedByte();
        int size = Integer.reverseBytes(in.readInt());
        byte[] payload = new byte[size];
        in.readFully(payload);
        return new Descriptor(HexFormat.of().formatHex(guid), type, ttl, hops, new String(payload, ISO_8859_1));
    }

    /** The code of the Bye that ends the link. */
    int byeCode() throws IOException {
        return next(RawBytes.BYE).shortAt(0);
    }

    /** Whether the other end closes without another byte. */
    boolean isClosed() throws IOException {
        return in.read() < 0;
    }

    int port() {
        return listening.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        listening.close();
    }

    private String usual() {
        return String.join(
                "\r\n",
                "User-Agent: Raw/1.0",
                "Listen-IP: 127.0.0.1:" + port(),
                "GGEP: 0.5",
                "Pong-Caching: 0.1",
                "Bye-Packet: 0.1",
                "Vendor-Message: 0.2",
                "");
    }
}
