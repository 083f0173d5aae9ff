package praline.lab.experiment;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ObjectArrays;
import java.util.function.DoubleFunction;
import praline.lab.report.Cell;
import praline.lab.report.Column;
import praline.lab.report.Table;

/** The tables of a distribution: one for people, two for spreadsheets (spec/bittorrent.md 12.6). */
final class DistributionTables {

    private DistributionTables() {}

    /** A line for each run, as a person compares them. */
    static Table summary(DistributionResult result) {
        Table.Builder table = Table.of("", columns(Column.text("peers")));
        for (DistributionRun run : result.runs()) {
            String name = run.peers() + " " + run.manner().label();
            table.row(row(run, Cell::of, Cell.of(name)));
        }
        return table.build();
    }

    /** The same for a file. */
    static Table runs(DistributionResult result) {
        Table.Builder table = Table.of("Runs", columns(Column.text("manner"), Column.number("peers")));
        for (DistributionRun run : result.runs()) {
            table.row(row(
                    run,
                    value -> Cell.of(Digits.six(value)),
                    Cell.of(run.manner().id()),
                    Cell.of(run.peers())));
        }
        return table.build();
    }

    private static Column[] columns(Column... first) {
        return ObjectArrays.concat(
                first,
                new Column[] {
                    Column.millis("bound"),
                    Column.millis("first"),
                    Column.millis("mean"),
                    Column.millis("last"),
                    Column.number("last / bound"),
                    Column.number("copies sent by the server"),
                    Column.share("server's uplink used"),
                    Column.share("peers' uplinks used"),
                    Column.number("copies wasted"),
                    Column.number("fairness")
                },
                Column.class);
    }

    private static ImmutableList<Cell> row(DistributionRun run, DoubleFunction<Cell> real, Cell... first) {
        boolean isSwarm = run.manner() == Manner.SWARM;
        return ImmutableList.<Cell>builder()
                .add(first)
                .add(real.apply(run.boundMillis()))
                .add(real.apply(run.firstMillis()))
                .add(real.apply(run.meanMillis()))
                .add(real.apply(run.lastMillis()))
                .add(real.apply(run.ratio()))
                .add(real.apply(run.serverCopies()))
                .add(real.apply(run.serverUse()))
                .add(isSwarm ? real.apply(run.peerUse()) : Cell.absent())
                .add(isSwarm ? real.apply(run.wastedCopies()) : Cell.absent())
                .add(isSwarm ? real.apply(run.fairness()) : Cell.absent())
                .build();
    }

    /** Every peer of every run. */
    static Table peers(DistributionResult result) {
        Table.Builder table = Table.of(
                "Peers",
                Column.text("manner"),
                Column.number("peers"),
                Column.number("peer"),
                Column.millis("finished"),
                Column.bytes("given"),
                Column.bytes("taken"));
        for (DistributionRun run : result.runs()) {
            int number = 0;
            for (DistributionRun.Peer peer : run.byPeer()) {
                table.row(
                        Cell.of(run.manner().id()),
                        Cell.of(run.peers()),
                        Cell.of(++number),
                        Cell.of(Digits.six(peer.finishedMillis())),
                        Cell.of(peer.given()),
                        Cell.of(peer.taken()));
            }
        }
        return table.build();
    }
}
