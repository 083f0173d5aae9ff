package praline.cli;

import io.vertx.core.Future;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a command running until it is stopped, and then does what it owes to others, once, whoever stops it: a signal,
 * the control API, the end of standard input, an error.
 */
final class UntilStopped implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(UntilStopped.class);

    /** For each step; whoever stops a node does not want to wait for its peers for long. */
    private static final int STEP_SECONDS = 8;

    private final Deque<Supplier<? extends Future<?>>> steps = new ArrayDeque<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread onSignal = new Thread(this::endBySignal, "praline-end");
    private boolean hasEnded;
    private volatile int signalCode = ExitCode.OK;

    UntilStopped() {
        Runtime.getRuntime().addShutdownHook(onSignal);
    }

    /** One more thing to do at the end, before those that were added earlier. */
    synchronized void atEnd(Supplier<? extends Future<?>> step) {
        steps.push(step);
    }

    /** What the program ends with when a signal ends it from here on. */
    void signalMeans(int exitCode) {
        signalCode = exitCode;
    }

    /** Blocks until {@link #stop}; with {@code alsoStdin}, or until standard input ends. */
    void await(boolean alsoStdin) throws InterruptedException {
        if (alsoStdin) {
            Thread reader = new Thread(this::stopWhenStdinEnds, "praline-stdin");
            reader.setDaemon(true);
            reader.start();
        }
        stopped.await();
    }

    /** Lets {@link #await} return. From any thread. */
    void stop() {
        stopped.countDown();
    }

    /** Does what is to be done at the end. */
    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(onSignal);
        } catch (IllegalStateException alreadyShuttingDown) {
            LOG.debug("a signal came at the end", alreadyShuttingDown);
        }
    }

    /**
     * A node that was told to stop, and left in order, has done its work: it ends with 0 and not with the signal,
     * unless {@link #signalMeans} said otherwise.
     */
    private void endBySignal() {
        end();
        Runtime.getRuntime().halt(signalCode);
    }

    private synchronized void end() {
        if (hasEnded) {
            return;
        }
        hasEnded = true;
        // An interrupt has done its work by bringing us here, and must not cut the farewell short.
        boolean wasInterrupted = Thread.interrupted();
        for (Supplier<? extends Future<?>> step : steps) {
            run(step);
        }
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void run(Supplier<? extends Future<?>> step) {
        try {
            if (!Waiting.forEnd(step.get(), STEP_SECONDS)) {
                LOG.warn("something did not end within {} s, and is left behind", STEP_SECONDS);
            }
        } catch (RuntimeException e) {
            LOG.warn("something did not end in order", e);
        } catch (InterruptedException e) {
            LOG.warn("the end was interrupted");
        }
    }

    private void stopWhenStdinEnds() {
        try {
            while (System.in.read() >= 0) {
                LOG.trace("standard input goes on");
            }
        } catch (IOException e) {
            LOG.debug("standard input broke", e);
        }
        stop();
    }
}
