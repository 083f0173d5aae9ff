package praline.cli;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import praline.protocol.UserError;

/**
 * Reads the user's YAML file into keys and values. Maps within maps make keys with dots, so that both ways to write say
 * the same:
 *
 * <pre>
 * profile: lan                 node.profile: lan
 * node:                        node.share: [/srv/music, /srv/books]
 *   profile: lan
 * </pre>
 */
final class ConfigFile {

    private static final long SIZE_MAX = 1 << 20;

    private final Path file;
    private final Map<String, List<String>> elements = new LinkedHashMap<>();
    private final Map<String, Integer> lines = new LinkedHashMap<>();
    /** The keys that lead to where the parser is; an element of a list adds none. */
    private final Deque<String> path = new ArrayDeque<>();

    private ConfigFile(Path file) {
        this.file = file;
    }

    /**
     * A value as it is written.
     *
     * @param elements one for a plain value
     * @param line where it stands, from 1
     */
    record Value(ImmutableList<String> elements, int line) {}

    /** All values by key, in the order of the file; throws {@link UserError} for what is no such file. */
    static ImmutableMap<String, Value> read(Path file) {
        try {
            if (Files.size(file) > SIZE_MAX) {
                throw broken("the settings are larger than " + SIZE_MAX + " bytes", file.toString());
            }
            return new ConfigFile(file).parse(Files.readString(file));
        } catch (JsonProcessingException e) {
            String where =
                    file + (e.getLocation() == null ? "" : ":" + e.getLocation().getLineNr());
            throw broken("the settings are no YAML (" + firstLine(e.getOriginalMessage()) + ")", where);
        } catch (IOException e) {
            throw broken("the settings cannot be read (" + e.getClass().getSimpleName() + ")", file.toString());
        }
    }

    private ImmutableMap<String, Value> parse(String text) throws IOException {
        try (JsonParser parser = new YAMLFactory().createParser(text)) {
            String field = "";
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.FIELD_NAME) {
                    field = parser.currentName();
                } else if (token == JsonToken.START_OBJECT) {
                    path.addLast(field);
                    field = "";
                } else if (token == JsonToken.END_OBJECT) {
                    path.removeLast();
                } else if (token.isScalarValue()) {
                    take(field, parser);
                }
            }
        }
        ImmutableMap.Builder<String, Value> values = ImmutableMap.builder();
        elements.forEach((key, list) -> values.put(key, new Value(ImmutableList.copyOf(list), lineOf(key))));
        return values.buildOrThrow();
    }

    private void take(String field, JsonParser parser) throws IOException {
        int line = parser.currentTokenLocation().getLineNr();
        String key = keyOf(field);
        if (key.isEmpty()) {
            throw broken("the settings are pairs of a key and a value", file + ":" + line);
        }
        elements.computeIfAbsent(key, first -> new ArrayList<>(1)).add(parser.getText());
        lines.putIfAbsent(key, line);
    }

    private String keyOf(String field) {
        List<String> parts = new ArrayList<>(path);
        parts.add(field);
        parts.removeIf(String::isEmpty);
        return String.join(".", parts);
    }

    private int lineOf(String key) {
        return lines.getOrDefault(key, 0);
    }

    private static String firstLine(String message) {
        return message == null ? "" : message.lines().findFirst().orElse("");
    }

    private static UserError broken(String what, String where) {
        return new UserError(UserError.Kind.BAD_INPUT, what, where);
    }
}
