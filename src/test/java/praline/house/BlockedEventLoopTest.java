package praline.house;

import static com.google.common.util.concurrent.Uninterruptibles.awaitUninterruptibly;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;
import org.slf4j.LoggerFactory;

/** A blocked event loop fails the test in which it happens: shown by a test that blocks one, run within this test. */
class BlockedEventLoopTest {

    @Test
    @Tag("blocks")
    void aTestThatBlocksAnEventLoopFails() {
        assertThat(testsOf(Blocking.class).failed().count()).isEqualTo(1);
    }

    @Test
    @Tag("blocks")
    void aTestThatBlocksOnPurposePasses() {
        assertThat(testsOf(BlockingOnPurpose.class).succeeded().count()).isEqualTo(1);
    }

    private static Events testsOf(Class<?> type) {
        return EngineTestKit.engine("junit-jupiter")
                .configurationParameter("junit.jupiter.extensions.autodetection.enabled", "true")
                .selectors(selectClass(type))
                .execute()
                .testEvents();
    }

    /** Blocks an event loop until Vert.x has noticed. */
    static class Blocking {
        @Test
        void block() throws TimeoutException {
            CountDownLatch noticed = new CountDownLatch(1);
            Appender<ILoggingEvent> listener = listener(noticed);
            Logger log = (Logger) LoggerFactory.getLogger("io.vertx.core.impl.BlockedThreadChecker");
            log.addAppender(listener);
            Vertx vertx = Vertx.vertx(new VertxOptions()
                    .setMaxEventLoopExecuteTime(20)
                    .setMaxEventLoopExecuteTimeUnit(MILLISECONDS)
                    .setBlockedThreadCheckInterval(10)
                    .setBlockedThreadCheckIntervalUnit(MILLISECONDS));
            vertx.runOnContext(ignored -> awaitUninterruptibly(noticed));
            vertx.close().await(20, SECONDS);
            log.detachAppender(listener);
        }

        private static Appender<ILoggingEvent> listener(CountDownLatch noticed) {
            Appender<ILoggingEvent> listener = new AppenderBase<>() {
                @Override
                protected void append(ILoggingEvent event) {
                    noticed.countDown();
                }
            };
            listener.start();
            return listener;
        }
    }

    @Tag("blocks")
    static class BlockingOnPurpose extends Blocking {}
}
