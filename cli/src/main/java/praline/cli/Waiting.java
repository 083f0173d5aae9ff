package praline.cli;

import io.vertx.core.Future;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import praline.protocol.UserError;

/** What a command's own thread does while something else works. */
final class Waiting {

    private Waiting() {}

    /** The result of {@code future}; an error of the user comes out as itself. */
    static <T> T on(Future<T> future) throws InterruptedException {
        try {
            return future.toCompletionStage().toCompletableFuture().get();
        } catch (ExecutionException e) {
            throw unwrapped(e);
        }
    }

    /** As {@link #on}, for as long as that is reasonable. False: it took longer. */
    static boolean forEnd(Future<?> future, int seconds) throws InterruptedException {
        try {
            future.toCompletionStage().toCompletableFuture().get(seconds, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException e) {
            throw unwrapped(e);
        } catch (TimeoutException e) {
            return false;
        }
    }

    private static RuntimeException unwrapped(ExecutionException failure) {
        Throwable cause = failure.getCause();
        return cause instanceof UserError error ? error : new IllegalStateException(cause);
    }
}
