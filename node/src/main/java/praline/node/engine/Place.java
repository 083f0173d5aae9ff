package praline.node.engine;

/**
 * Where a host keeps the bytes of a shared file. An engine passes the handle on and never looks inside: in virtual time
 * there are no files.
 */
public interface Place {}
