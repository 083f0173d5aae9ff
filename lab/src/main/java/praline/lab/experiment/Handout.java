package praline.lab.experiment;

import com.google.common.primitives.ImmutableDoubleArray;
import com.google.common.primitives.ImmutableLongArray;

/**
 * What was seen while a file went from one node to many.
 *
 * @param finishedMillis when each peer had it, from the moment at which all began; not a number: never
 * @param given bytes of payload that each node sent, the server first
 * @param taken bytes of payload that each peer received, waste included
 * @param wasted bytes that peers received twice
 */
record Handout(ImmutableDoubleArray finishedMillis, ImmutableLongArray given, ImmutableLongArray taken, long wasted) {}
