/**
 * The rules of the house, as tests: who may know whom, and what a file looks like.
 *
 * <p>{@link praline.house.ArchitectureTest} reads the compiled classes, {@link praline.house.TidyTest} the sources.
 * Rules that the compiler or the build can hold are in the root {@code pom.xml}, profile {@code guards}.
 *
 * <p>Invariant: every rule has a planted violation beside it that shows that it bites.
 */
@NullMarked
package praline.house;

import org.jspecify.annotations.NullMarked;
