package praline.lab.experiment;

import com.google.common.collect.ImmutableList;
import praline.protocol.gnutella.HitRecord;

/**
 * A hit that reached the node that had asked.
 *
 * @param at milliseconds on the network's clock
 * @param hops that the hit still had to go from the one that answered, 0 or more: the links that it crossed are one
 *     more
 * @param sharer the node that shares the files
 */
public record Delivery(double at, int hops, int sharer, ImmutableList<HitRecord> records) {}
