package praline.cli.control;

import org.jspecify.annotations.Nullable;
import praline.protocol.UserError;

/**
 * The body of every answer of the API that is not what was asked for.
 *
 * @param error what is wrong, in a few words
 * @param where the place that the user knows it by; null when there is none
 * @param kind what the user's own error was; null when it was none of theirs
 */
record ApiProblem(String error, @Nullable String where, UserError.@Nullable Kind kind) {}
