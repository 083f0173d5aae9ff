package praline.lab.report;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CanIgnoreReturnValue;

/**
 * What a report says, in the order in which a person reads it. All text is plain text.
 *
 * @param subtitle what was done, in one line; may be empty
 * @param warnings what the reader must know before believing the rest
 * @param keyFigures the few numbers that stand out
 * @param findings sentences that say what the numbers show
 * @param definitions what the words mean, shown folded
 * @param command the line that repeats the run, or empty
 * @param footer lines about the run: seed, versions, time it took
 */
public record Page(
        String title,
        String subtitle,
        ImmutableList<String> warnings,
        ImmutableList<KeyFigure> keyFigures,
        ImmutableList<String> findings,
        ImmutableList<Section> sections,
        ImmutableList<Definition> definitions,
        String command,
        ImmutableList<String> footer) {

    /**
     * One number in large type.
     *
     * @param label what it is
     * @param value as shown, with its unit
     * @param remark what to compare it with; may be empty
     */
    public record KeyFigure(String label, String value, String remark) {}

    /** A word and what it means here. */
    public record Definition(String word, String meaning) {}

    public static Builder titled(String title) {
        return new Builder(title);
    }

    /** Collects a page from top to bottom. */
    public static final class Builder {
        private final String title;
        private final ImmutableList.Builder<String> warnings = ImmutableList.builder();
        private final ImmutableList.Builder<KeyFigure> keyFigures = ImmutableList.builder();
        private final ImmutableList.Builder<String> findings = ImmutableList.builder();
        private final ImmutableList.Builder<Section> sections = ImmutableList.builder();
        private final ImmutableList.Builder<Definition> definitions = ImmutableList.builder();
        private final ImmutableList.Builder<String> footer = ImmutableList.builder();
        private String subtitle = "";
        private String command = "";

        private Builder(String title) {
            this.title = title;
        }

        @CanIgnoreReturnValue
        public Builder subtitle(String text) {
            subtitle = text;
            return this;
        }

        @CanIgnoreReturnValue
        public Builder warning(String sentence) {
            warnings.add(sentence);
            return this;
        }

        @CanIgnoreReturnValue
        public Builder keyFigure(String label, String value, String remark) {
            keyFigures.add(new KeyFigure(label, value, remark));
            return this;
        }

        @CanIgnoreReturnValue
        public Builder finding(String sentence) {
            findings.add(sentence);
            return this;
        }

        @CanIgnoreReturnValue
        public Builder section(String heading, String explanation, Exhibit... exhibits) {
            sections.add(new Section(heading, explanation, ImmutableList.copyOf(exhibits)));
            return this;
        }

        @CanIgnoreReturnValue
        public Builder definition(String word, String meaning) {
            definitions.add(new Definition(word, meaning));
            return this;
        }

        @CanIgnoreReturnValue
        public Builder command(String line) {
            command = line;
            return this;
        }

        @CanIgnoreReturnValue
        public Builder footer(String line) {
            footer.add(line);
            return this;
        }

        public Page build() {
            return new Page(
                    title,
                    subtitle,
                    warnings.build(),
                    keyFigures.build(),
                    findings.build(),
                    sections.build(),
                    definitions.build(),
                    command,
                    footer.build());
        }
    }
}
