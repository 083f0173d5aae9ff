package praline.lab.experiment;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.function.Function;
import praline.node.overlay.Role;

/**
 * {@code result.json} of a comparison: the configuration and every number but those of single queries, which are in a
 * table of their own; and how all such files are written. Numbers have six digits, what is not known is null, text is
 * ASCII.
 */
final class ResultJson {

    static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .addModule(new SimpleModule()
                    .addSerializer(Double.class, new SixDigits())
                    .addSerializer(double.class, new SixDigits())
                    .addSerializer(Way.class, new Named<Way>(Way::id))
                    .addSerializer(Manner.class, new Named<Manner>(Manner::id))
                    .addSerializer(
                            Role.class, new Named<Role>(role -> role.name().toLowerCase(Locale.ROOT))))
            .addMixIn(WayResult.class, WithoutQueries.class)
            .build();

    private ResultJson() {}

    static String result(ComparisonResult result) {
        CompareOptions options = result.options();
        ObjectNode root = MAPPER.createObjectNode();
        root.put("experiment", "compare");
        root.put("version", ComparisonResult.VERSION);
        root.put("command", options.command());
        root.put("on", options.world().id());
        root.put("seed", options.seed());
        root.put("nodes", options.nodes());
        root.put("supernodes", options.supernodes());
        root.put("queries", options.queries());
        root.put("queriesByHash", result.queriesByHash());
        root.put("queriesForNothing", result.queriesForNothing());
        root.put("queriesPerSecond", Digits.exactly(result.rate()));
        root.put("files", result.files());
        root.put("copies", result.copies());
        root.put("circumstance", options.world().circumstance());
        root.set("allowedLimits", MAPPER.valueToTree(options.allowedLimits()));
        root.set("limitsHit", MAPPER.valueToTree(result.limitsHit()));
        root.set("ways", MAPPER.valueToTree(result.ways()));
        return text(root);
    }

    /** {@code timing.json}: how long it took here, which is no part of the result. */
    static String timing(double seconds) {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("seconds", Digits.exactly(seconds));
        root.put("java", Runtime.version().toString());
        root.put("processors", Runtime.getRuntime().availableProcessors());
        return text(root);
    }

    /** {@code root} as a file. */
    static String text(ObjectNode root) {
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));
        try {
            return MAPPER.writer(printer).writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Leaves single queries out. */
    @JsonIgnoreProperties("queries")
    private interface WithoutQueries {}

    /** Writes what a result is made of. */
    private static final class SixDigits extends JsonSerializer<Double> {
        @Override
        public void serialize(Double value, JsonGenerator target, SerializerProvider all) throws IOException {
            if (Double.isFinite(value)) {
                target.writeNumber(Digits.exactly(value));
            } else {
                target.writeNull();
            }
        }
    }

    /** Writes a constant by its name in result files. */
    private static final class Named<T> extends JsonSerializer<T> {
        private final Function<T, String> name;

        Named(Function<T, String> name) {
            this.name = name;
        }

        @Override
        public void serialize(T value, JsonGenerator target, SerializerProvider all) throws IOException {
            target.writeString(name.apply(value));
        }
    }
}
