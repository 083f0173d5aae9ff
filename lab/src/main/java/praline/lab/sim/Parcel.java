package praline.lab.sim;

/**
 * A message, or the end of a link, on its way through the pipes of two nodes.
 *
 * @param flow that of the sending end
 * @param to the end where it arrives
 * @param payload a message, or an {@link Occurrence}
 * @param size bytes on the wire
 */
record Parcel(Flow flow, VirtualLink<?> to, Object payload, int size) {}
