package praline.lab.experiment;

import com.google.common.collect.ImmutableMap;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import praline.lab.sim.OverlayWire;
import praline.lab.sim.Simulation;
import praline.lab.sim.SimulationConfig;
import praline.lab.sim.VirtualNode;
import praline.node.overlay.LeafIndex;
import praline.node.overlay.OverlayConfig;
import praline.node.overlay.OverlayEngine;
import praline.node.overlay.SharedFiles;
import praline.protocol.gnutella.Message;
import praline.protocol.gnutella.OverlayFrame;

/** A network in virtual time. */
public final class SimulatedNetwork implements LiveNetwork {

    private final Simulation simulation;
    private final NetworkNotes notes;
    private final List<OverlayEngine> engines = new ArrayList<>();

    private SimulatedNetwork(Simulation simulation, NetworkNotes notes) {
        this.simulation = simulation;
        this.notes = notes;
    }

    /** Starts all nodes of {@code plan} in order of their numbers; each dials as planned. */
    public static SimulatedNetwork open(
            SimulationConfig config, NetworkPlan plan, Equipment equipment, NetworkNotes notes) {
        Simulation simulation = new Simulation(config);
        SimulatedNetwork network = new SimulatedNetwork(simulation, notes);
        notes.useClock(simulation::now);
        for (int number = 0; number < plan.nodeCount(); number++) {
            network.add(number, plan, equipment);
        }
        for (int number = 0; number < plan.nodeCount(); number++) {
            OverlayEngine engine = network.engines.get(number);
            VirtualNode node = simulation.node(number);
            node.start();
            plan.nodes()
                    .get(number)
                    .dials()
                    .forEach(other ->
                            node.run(() -> engine.connect(simulation.node(other).endpoint())));
        }
        return network;
    }

    @Override
    public double now() {
        return simulation.now();
    }

    @Override
    public <T> T ask(int node, Function<OverlayEngine, T> question) {
        List<T> answer = new ArrayList<>(1);
        simulation.node(node).run(() -> answer.add(question.apply(engines.get(node))));
        return answer.get(0);
    }

    @Override
    public void kill(int node) {
        simulation.node(node).kill();
        notes.died(node);
    }

    @Override
    public boolean liveUntil(BooleanSupplier condition, double time) {
        return simulation.runUntil(condition, (long) time);
    }

    /** None: the virtual host mirrors the limits of links only, and those act in the engine. */
    @Override
    public ImmutableMap<String, Long> hostLimitHits() {
        return ImmutableMap.of();
    }

    @Override
    public void close() {
        engines.clear();
    }

    private void add(int number, NetworkPlan plan, Equipment equipment) {
        VirtualNode node = simulation.addNode();
        notes.listens(number, node.endpoint());
        NodeNotes heard = notes.of(number);
        LeafIndex index = plan.hasIndex(number) ? notes.watched(number, equipment.index()) : null;
        OverlayConfig config = plan.config(number, node.endpoint());
        SharedFiles files = equipment.files(number);
        engines.add(node.<OverlayFrame, Message, OverlayEngine>add(
                OverlayWire.INSTANCE, host -> new OverlayEngine(config, host, files, index, heard, heard)));
    }
}
