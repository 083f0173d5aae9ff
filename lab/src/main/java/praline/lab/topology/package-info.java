/**
 * Who is connected to whom: the graphs that experiments run on, generated from a seed or read from a crawl.
 *
 * <p>Use: name a graph by a {@link praline.lab.topology.Topology}, for example {@code new Topology.Kout(10_000, 2)},
 * and let it {@linkplain praline.lab.topology.Topology#graph draw} its {@link praline.lab.topology.Graph}; read an edge
 * list with {@link praline.lab.topology.EdgeListFile}. Real crawls lie in the project's {@code data/topologies}.
 *
 * <p>Invariant: a graph is a function of its topology and seed, edge by edge and in the order of insertion; golden
 * digests hold it to the procedures of spec/experiments.md section 0.
 */
@NullMarked
package praline.lab.topology;

import org.jspecify.annotations.NullMarked;
