/**
 * The program as a whole: what a user starts, from the outside.
 *
 * <p>Classes called {@code *IT} run the packaged jar, after it is built ({@code mvn verify}); the others run in the
 * test's own JVM ({@code mvn test}).
 *
 * <p>Invariant: every process that a test starts has ended when the test ends.
 */
@NullMarked
package praline.system;

import org.jspecify.annotations.NullMarked;
