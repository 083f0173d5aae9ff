package praline.lab.sim;

import praline.node.engine.Link;

/**
 * A link that the laboratory opened.
 *
 * @param atSource the end in the hands of the node that counts as its dialler
 * @param atTarget the other end
 */
public record Connection<M>(Link<M> atSource, Link<M> atTarget) {}
