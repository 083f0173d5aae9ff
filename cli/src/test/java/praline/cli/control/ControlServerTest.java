package praline.cli.control;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import praline.protocol.Endpoint;

/**
 * Who is let in by the control API (spec/hardening.md section 8). Requests are written byte by byte, as an attacker
 * does.
 */
class ControlServerTest {

    @TempDir
    Path state;

    private Vertx vertx;
    private URI url;
    private String token;

    @BeforeEach
    void startServer() throws IOException {
        vertx = Vertx.vertx();
        ControlToken secret = ControlToken.of(state);
        token = ControlToken.read(state).orElseThrow();
        ControlServer server = result(ControlServer.start(vertx, Endpoint.ofIpv4(0x7F000001, 0), secret, router -> {
            router.get("/api/v1/status").handler(context -> Replies.answer(context, Map.of("fine", true)));
            router.post("/api/v1/stop").handler(context -> Replies.answer(context, Map.of("done", true)));
        }));
        url = URI.create(server.url());
    }

    @AfterEach
    void stopServer() {
        result(vertx.close());
    }

    @Test
    void whoHasTheTokenIsAnswered() throws IOException {
        assertEquals(200, status(get("/api/v1/status", bearer())));
        assertEquals(200, status(post("/api/v1/stop", bearer() + "Content-Type: application/json\r\n")));
    }

    @Test
    void whoHasNoTokenIsNot() throws IOException {
        assertEquals(401, status(get("/api/v1/status", "")));
        assertEquals(401, status(get("/api/v1/status", "Authorization: Bearer wrong\r\n")));
        assertEquals(401, status(get("/api/v1/status?token=" + token, "")));
        assertEquals(401, status(get("/api/v1/status", "Cookie: token=" + token + "\r\n")));
    }

    @Test
    void guessingIsSlowedDownButNeverLocksTheOwnerOut() throws IOException {
        for (int guess = 0; guess < 5; guess++) {
            assertEquals(401, status(get("/api/v1/status", "")));
        }
        assertEquals(429, status(get("/api/v1/status", "")));
        assertEquals(200, status(get("/api/v1/status", bearer())));
    }

    @Test
    void aNameThatWasReboundToUsIsNotOurs() throws IOException {
        for (String host :
                new String[] {"evil.example", "evil.example:" + url.getPort(), "192.0.2.1", "127.0.0.1.evil.example"}) {
            String request =
                    "GET /api/v1/status HTTP/1.1\r\nHost: " + host + "\r\n" + bearer() + "Connection: close\r\n\r\n";
            assertEquals(421, status(request), host);
        }
        String local = "GET /api/v1/status HTTP/1.1\r\nHost: localhost\r\n" + bearer() + "Connection: close\r\n\r\n";
        assertEquals(200, status(local));
    }

    @Test
    void whatAWebPageCanSendIsRefused() throws IOException {
        assertEquals(403, status(get("/api/v1/status", bearer() + "Origin: http://evil.example\r\n")));
        assertEquals(403, status(get("/api/v1/status", bearer() + "Sec-Fetch-Site: cross-site\r\n")));
        assertEquals(415, status(post("/api/v1/stop", bearer() + "Content-Type: text/plain\r\n")));
        assertEquals(415, status(post("/api/v1/stop", bearer())));
        assertFalse(exchange(get("/api/v1/status", bearer())).contains("Access-Control"));
    }

    @Test
    void onlyExactPathsLeadAnywhereAndNothingIsRepeated() throws IOException {
        for (String path :
                new String[] {"/", "/api/v1/../../etc/passwd", "/api/v1/%2e%2e/status", "/etc/passwd", "/<img>"}) {
            String answer = exchange(get(path, bearer()));
            assertEquals(404, statusOf(answer), path);
            assertFalse(answer.contains("passwd") || answer.contains("<img>"), answer);
        }
    }

    @Test
    void theTokenIsLongRandomAndStays() throws IOException {
        assertTrue(token.length() >= 43, token);
        ControlToken.of(state);
        assertEquals(token, ControlToken.read(state).orElseThrow());
        Path other = Files.createDirectories(state.resolve("other"));
        ControlToken.of(other);
        assertNotEquals(token, ControlToken.read(other).orElseThrow());
        Path file = state.resolve(ControlToken.FILE_NAME);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    private String bearer() {
        return "Authorization: Bearer " + token + "\r\n";
    }

    private String get(String path, String headers) {
        return "GET " + path + " HTTP/1.1\r\nHost: " + url.getAuthority() + "\r\n" + headers
                + "Connection: close\r\n\r\n";
    }

    private String post(String path, String headers) {
        return "POST " + path + " HTTP/1.1\r\nHost: " + url.getAuthority() + "\r\n" + headers
                + "Content-Length: 2\r\nConnection: close\r\n\r\n{}";
    }

    private int status(String request) throws IOException {
        return statusOf(exchange(request));
    }

    private static int statusOf(String answer) {
        return Integer.parseInt(answer.substring(9, 12));
    }

    private String exchange(String request) throws IOException {
        try (Socket socket = new Socket(url.getHost(), url.getPort())) {
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        }
    }

    private static <T> T result(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}
