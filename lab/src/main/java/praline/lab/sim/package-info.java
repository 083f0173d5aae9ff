/**
 * Virtual time: the host that runs the very engines of the node on an event queue instead of sockets (ARCHITECTURE.md,
 * spec/praline.md section 7).
 *
 * <p>Use: make a {@link praline.lab.sim.Simulation}, add nodes, give each its engines, connect them by
 * {@link praline.lab.sim.Simulation#connect} or let them dial, enter by {@link praline.lab.sim.VirtualNode#run}, and
 * let time pass by {@code runUntil} or {@code runUntilQuiet}:
 *
 * <pre>{@code
 * Simulation sim = new Simulation(SimulationConfig.synchronous(seed));
 * VirtualNode node = sim.addNode();
 * OverlayEngine engine = node.add(OverlayWire.INSTANCE, host -> new OverlayEngine(config, host, …));
 * node.start();
 * node.run(() -> engine.search(search));
 * sim.runUntilQuiet();
 * }</pre>
 *
 * <p>Invariant: a run is a function of its configuration and of the calls from outside; nothing in it depends on the
 * machine, on hashes or on what ran before. What happens to messages under way (faults) belongs between {@code Network}
 * and the queue; what must hold after every event (invariants) where {@code Simulation} leaves an entry.
 */
@NullMarked
package praline.lab.sim;

import org.jspecify.annotations.NullMarked;
