package praline.lab.report;

import com.google.common.collect.ImmutableList;

/**
 * A part of a {@link Page} that is about one question.
 *
 * @param explanation how to read what follows; paragraphs are apart by an empty line; may be empty
 * @param exhibits shown one below the other
 */
public record Section(String heading, String explanation, ImmutableList<Exhibit> exhibits) {}
