/**
 * The control API of a running node or cluster: HTTP and JSON under {@code /api/v1}, on loopback, for whoever can read
 * the token in the state folder. The commands use it, and so may any program of the user.
 *
 * <p>Use: a node or a cluster gives itself a {@code ControlServer}; a command asks it by a {@code ControlClient}, which
 * is made of nothing but the JDK, because commands must start fast.
 *
 * <p>Invariant: fields and paths of v1 are added, never renamed or removed (spec/hardening.md A13); nothing changes
 * without a token, and a request that names another host than ours is not answered.
 */
@NullMarked
package praline.cli.control;

import org.jspecify.annotations.NullMarked;
