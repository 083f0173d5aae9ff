package praline.node;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import praline.protocol.Endpoint;
import praline.protocol.Sha1;

/**
 * A servent on raw sockets that shares one file and answers as gtk-gnutella does: 512 KiB at most, a wait in its queue
 * first if the test wants it, everything about the file in the first answer of a connection only. It is its own push
 * proxy: asked to, it dials the asker and says the GIV line that was recorded.
 */
final class FakeGtkGnutella implements AutoCloseable {

    private static final int CHUNK = 524_288;
    private static final String SERVER = lines(
            "Server: gtk-gnutella/1.2.3-14-ga331a-dirty (2024-03-03; Topless; Linux x86_64)",
            "Date: Sun, 01 Jun 2025 12:00:05 GMT");
    private static final String PLACE = lines(
            "Content-Length: 0",
            "Retry-After: 1",
            "X-Queued: ID=c46592a93512a67b385b3da6575be434; position=1; lifetime=90; length=2; ETA=0",
            "");
    private static final Pattern RANGE = Pattern.compile("\r\nRange: bytes=([0-9]+)-([0-9]*)\r\n");
    private static final Pattern NODE = Pattern.compile("\r\nX-Node: ([0-9.]+):([0-9]+)\r\n");

    private final ServerSocket server;
    private final byte[] content;
    private final byte[] giv;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final AtomicInteger answersQueued = new AtomicInteger();

    /** The heads of all requests, each behind the number of its connection. */
    final List<String> requests = new CopyOnWriteArrayList<>();

    /** @param giv the line that it says when it calls */
    FakeGtkGnutella(byte[] content, byte[] giv) throws IOException {
        this.content = content;
        this.giv = giv;
        server = new ServerSocket(0, 50, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        start(() -> {
            while (!server.isClosed()) {
                serveElsewhere(server.accept());
            }
        });
    }

    Endpoint endpoint() {
        return Endpoint.ofIpv4(0x7F000001, server.getLocalPort());
    }

    /** Its first answers are places in a queue. */
    void queue(int answers) {
        answersQueued.set(answers);
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private void serveElsewhere(Socket socket) {
        sockets.add(socket);
        int number = sockets.size();
        start(() -> serve(socket, number));
    }

    private void serve(Socket socket, int number) throws IOException {
        boolean isFirst = true;
        for (String head = head(socket.getInputStream()); !head.isEmpty(); head = head(socket.getInputStream())) {
            requests.add(number + " " + head);
            if (head.startsWith("GET /gnutella/push-proxy")) {
                write(
                        socket,
                        "HTTP/1.1 202 Push-proxy: message sent to node\r\n" + SERVER + "Connection: close\r\n\r\n");
                socket.shutdownOutput();
                call(head);
            } else if (answersQueued.getAndDecrement() > 0) {
                write(socket, "HTTP/1.1 503 Queued (slot 1, ETA: 0s)\r\n" + SERVER + PLACE);
            } else {
                give(socket, head, isFirst);
                isFirst = false;
            }
        }
    }

    private void call(String head) throws IOException {
        Matcher node = NODE.matcher(head);
        if (!node.find()) {
            throw new IOException("nobody to call: " + head);
        }
        Socket called = new Socket(node.group(1), Integer.parseInt(node.group(2)));
        called.getOutputStream().write(giv);
        serveElsewhere(called);
    }

    private void give(Socket socket, String head, boolean introduces) throws IOException {
        Matcher range = RANGE.matcher(head);
        boolean hasRange = range.find();
        int first = hasRange ? Integer.parseInt(range.group(1)) : 0;
        int last = !hasRange || range.group(2).isEmpty() ? content.length - 1 : Integer.parseInt(range.group(2));
        int end = Math.min(Math.min(last + 1, content.length), first + CHUNK);
        StringBuilder answer = new StringBuilder("HTTP/1.1 206 Partial Content\r\n" + SERVER);
        if (introduces) {
            answer.append("X-Features: tls/1.0, browse/1.0, fwalt/0.1, queue/1.1\r\n");
        }
        answer.append("Content-Range: bytes ").append(first).append('-').append(end - 1);
        answer.append('/').append(content.length);
        answer.append("\r\nContent-Length: ").append(end - first);
        answer.append("\r\nContent-Type: application/octet-stream\r\n");
        if (introduces) {
            answer.append("Content-Disposition: inline; filename*=\"utf-8'en'zanzibar.bin\"\r\n");
            answer.append("X-Gnutella-Content-URN: urn:sha1:")
                    .append(Sha1.digestOf(content))
                    .append("\r\n");
        }
        write(socket, answer.append("\r\n").toString());
        socket.getOutputStream().write(content, first, end - first);
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String lines(String... lines) {
        return String.join("\r\n", lines) + "\r\n";
    }

    /** The next head; nothing at the end of the connection. */
    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        String text = "";
        while (!text.endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            head.write(next);
            text = head.toString(StandardCharsets.ISO_8859_1);
        }
        return text;
    }

    private interface Work {
        void run() throws IOException;
    }

    /** The end of a connection, or of the test, ends the work. */
    private static void start(Work work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException ended) {
                Thread.currentThread().interrupt();
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
