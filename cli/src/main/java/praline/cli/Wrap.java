package praline.cli;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;

/** Breaks our own sentences into lines. */
final class Wrap {

    private Wrap() {}

    /** The words of {@code text} in lines of at most {@code columns}; a longer word has a line for itself. */
    static ImmutableList<String> at(int columns, String text) {
        ImmutableList.Builder<String> lines = ImmutableList.builder();
        StringBuilder line = new StringBuilder();
        for (String word : Splitter.on(' ').split(text)) {
            if (line.length() > 0 && line.length() + 1 + word.length() > columns) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        return lines.add(line.toString()).build();
    }
}
