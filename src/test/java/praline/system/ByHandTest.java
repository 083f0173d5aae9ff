package praline.system;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.common.net.HostAndPort;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that a user starts by hand, each in a process of its own. */
class ByHandTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int BYE = 0x02;
    private static final int LEAVING = 200;

    @TempDir
    Path home;

    @Test
    void threeProcessesFindAndFetchAFile() throws IOException {
        Path share = Files.createDirectories(home.resolve("share"));
        Files.writeString(share.resolve("The Voyage of the Beagle.txt"), "After having been twice driven back");
        try (NodeProcess supernode = NodeProcess.start(home, "one", "--role", "supernode");
                NodeProcess asker = NodeProcess.start(
                        home, "two", "--role", "leaf", "--connect", supernode.address(), "--control", "127.0.0.1:0");
                NodeProcess sharer = NodeProcess.start(
                        home,
                        "three",
                        "--role",
                        "leaf",
                        "--connect",
                        supernode.address(),
                        "--share",
                        share.toString())) {
            List<String> asking = List.of(
                    "--control",
                    asker.controlUrl(),
                    "--data",
                    home.resolve("two").toString());
            String hit = await().atMost(PATIENCE).until(() -> search(asking), found -> !found.isEmpty());
            assertThat(hit)
                    .contains("\"name\":\"The Voyage of the Beagle.txt\"")
                    .contains(portOf(sharer));

            String urn = "urn:sha1:"
                    + hit.replaceAll(".*\"sha1\":\"([A-Z2-7]{32})\".*", "$1").strip();
            Path out = home.resolve("out");
            Program.Outcome got = praline("get", asking, "--out", out.toString(), urn);
            assertThat(got.exitCode()).as(got.err()).isZero();
            assertThat(out.resolve("The Voyage of the Beagle.txt")).hasContent("After having been twice driven back");
        }
    }

    /** The test is a peer itself, byte by byte, and reads what the node says last. */
    @Test
    void aNodeThatIsToldToStopSaysByeAndEndsWithoutFault() throws IOException {
        try (NodeProcess node = NodeProcess.start(home, "node", "--role", "flat");
                Socket peer = connect(node)) {
            DataInputStream in = new DataInputStream(peer.getInputStream());
            say(
                    peer,
                    String.join(
                            "\r\n",
                            "GNUTELLA CONNECT/0.6",
                            "User-Agent: Test",
                            "X-Praline-Mode: flat",
                            "Bye-Packet: 0.1",
                            "Listen-IP: 127.0.0.1:1",
                            "\r\n"));
            assertThat(readHead(in)).startsWith("GNUTELLA/0.6 200");
            say(peer, "GNUTELLA/0.6 200 OK\r\n\r\n");
            await().atMost(PATIENCE).until(() -> in.available() > 0);
            assertThat(node.terminate()).isZero();
            assertThat(byeCode(in)).isEqualTo(LEAVING);
        }
    }

    private static String search(List<String> asking) {
        return praline("search", asking, "--json", "--wait", "2", "voyage", "beagle")
                .out();
    }

    private static Program.Outcome praline(String command, List<String> asking, String... more) {
        return Program.inOwnProcess(command, asking, more);
    }

    private static String portOf(NodeProcess node) {
        return "\"port\":" + node.address().substring(node.address().lastIndexOf(':') + 1);
    }

    private static Socket connect(NodeProcess node) throws IOException {
        HostAndPort address = HostAndPort.fromString(node.address());
        Socket socket = new Socket(address.getHost(), address.getPort());
        socket.setSoTimeout((int) PATIENCE.toMillis());
        return socket;
    }

    private static void say(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(US_ASCII));
    }

    private static String readHead(DataInputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.readUnsignedByte());
        }
        return head.toString();
    }

    /** Reads descriptors up to the Bye and returns its code; the stream's end before it is a failure. */
    private static int byeCode(DataInputStream in) throws IOException {
        while (true) {
            byte[] header = in.readNBytes(23);
            assertThat(header).as("the stream ended without a Bye").hasSize(23);
            int size = (header[19] & 0xFF) | ((header[20] & 0xFF) << 8);
            byte[] payload = in.readNBytes(size);
            if (header[16] == BYE) {
                return (payload[0] & 0xFF) | ((payload[1] & 0xFF) << 8);
            }
        }
    }
}
