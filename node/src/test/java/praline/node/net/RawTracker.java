package praline.node.net;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPOutputStream;

/** A tracker over HTTP, byte by byte, that answers whatever its test likes. */
final class RawTracker implements AutoCloseable {

    static final String NO_PEERS = "d8:intervali60e5:peers0:e";

    /** The request line of each request so far. */
    final List<String> asked = new CopyOnWriteArrayList<>();

    /** The address that each request so far came from. */
    final List<String> askers = new CopyOnWriteArrayList<>();

    private final ServerSocket server;
    private final Answer answer;

    RawTracker(Answer answer) throws IOException {
        this.answer = answer;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::serve, "raw-tracker");
        thread.setDaemon(true);
        thread.start();
    }

    /** What goes over the connection when a request has come. */
    interface Answer {
        void to(OutputStream out) throws IOException;
    }

    static RawTracker saying(String text) throws IOException {
        return new RawTracker(out -> out.write(text.getBytes(StandardCharsets.ISO_8859_1)));
    }

    static String ok(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    static byte[] zipped(byte[] body) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(zipped)) {
            zip.write(body);
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: " + zipped.size() + "\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
        whole.writeBytes(zipped.toByteArray());
        return whole.toByteArray();
    }

    int port() {
        return server.getLocalPort();
    }

    String url() {
        return "http://127.0.0.1:" + port() + "/announce";
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                askers.add(socket.getInetAddress().getHostAddress());
                asked.add(head(socket.getInputStream()));
                answer.to(socket.getOutputStream());
            } catch (IOException gone) {
                asked.add("gone: " + gone.getMessage());
            }
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int next = in.read(); next >= 0 && head.indexOf("\r\n\r\n") < 0; next = in.read()) {
            head.append((char) next);
            if (head.indexOf("\r\n\r\n") >= 0) {
                break;
            }
        }
        return head.substring(0, Math.max(0, head.indexOf("\r\n")));
    }
}
