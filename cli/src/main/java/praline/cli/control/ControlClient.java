package praline.cli.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.stream.Stream;
import praline.protocol.UserError;

/** Asks a running node or cluster. Made of the JDK alone, so that a command that only asks starts fast. */
public final class ControlClient {

    private static final Duration CONNECT_MAX = Duration.ofSeconds(5);
    private static final int OK = 200;

    private final URI base;
    private final String token;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT_MAX)
            .build();

    /** @param base {@code http://127.0.0.1:PORT}, with or without a slash at the end */
    public ControlClient(URI base, String token) {
        this.base = base;
        this.token = token;
    }

    /** {@code GET path}, read as a {@code type}. */
    public <T> T get(String path, Class<T> type) throws InterruptedException {
        return read(send(request(path).GET().build(), HttpResponse.BodyHandlers.ofInputStream()), type);
    }

    /** {@code POST path} with {@code body}, its answer read as a {@code type}. */
    public <T> T post(String path, Object body, Class<T> type) throws InterruptedException {
        return read(send(post(path, body), HttpResponse.BodyHandlers.ofInputStream()), type);
    }

    /**
     * {@code POST path} with {@code body}; hands on each line of the answer, read as a {@code type}, while
     * {@code lines} wants more.
     */
    public <T> void post(String path, Object body, Class<T> type, Predicate<T> lines) throws InterruptedException {
        HttpResponse<Stream<String>> response = send(post(path, body), HttpResponse.BodyHandlers.ofLines());
        try (Stream<String> answer = response.body()) {
            if (response.statusCode() != OK) {
                throw refusal(answer.findFirst().orElse(""));
            }
            answer.takeWhile(line -> lines.test(parse(line, type))).forEach(read -> {});
        } catch (UncheckedIOException cutOff) {
            throw unreachable("it ended in the middle of the answer");
        }
    }

    /** The bytes of {@code GET path}; to be closed. */
    public InputStream open(String path) throws InterruptedException {
        HttpResponse<InputStream> response =
                send(request(path).GET().build(), HttpResponse.BodyHandlers.ofInputStream());
        if (response.statusCode() != OK) {
            throw refusal(text(response.body()));
        }
        return response.body();
    }

    private HttpRequest post(String path, Object body) {
        try {
            String json = Json.MAPPER.writeValueAsString(body);
            return request(path)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(json))
                    .build();
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(base.resolve("/api/v1/" + path))
                .header("Authorization", ControlToken.authorization(token));
    }

    private <B> HttpResponse<B> send(HttpRequest request, HttpResponse.BodyHandler<B> body)
            throws InterruptedException {
        try {
            return http.send(request, body);
        } catch (ConnectException e) {
            throw unreachable("nobody listens there");
        } catch (IOException e) {
            throw unreachable(e.getMessage() == null ? "the connection broke" : e.getMessage());
        }
    }

    private <T> T read(HttpResponse<InputStream> response, Class<T> type) {
        String text = text(response.body());
        if (response.statusCode() != OK) {
            throw refusal(text);
        }
        return parse(text, type);
    }

    private String text(InputStream body) {
        try (body) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw unreachable("it ended in the middle of the answer");
        }
    }

    private <T> T parse(String json, Class<T> type) {
        try {
            return Json.MAPPER.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw unreachable("it is no node or cluster of Praline");
        }
    }

    private UserError refusal(String body) {
        ApiProblem problem;
        try {
            problem = Json.MAPPER.readValue(body, ApiProblem.class);
        } catch (JsonProcessingException e) {
            return unreachable("it is no node or cluster of Praline");
        }
        UserError.Kind kind = problem.kind() == null ? UserError.Kind.FAILED : problem.kind();
        return new UserError(kind, problem.error(), problem.where() == null ? base.toString() : problem.where());
    }

    private UserError unreachable(String why) {
        return new UserError(UserError.Kind.NETWORK, "the control API does not answer, " + why, base.toString());
    }
}
