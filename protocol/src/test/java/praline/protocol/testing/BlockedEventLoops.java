package praline.protocol.testing;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/**
 * Fails a test during which Vert.x found an event loop busy with one event for two seconds (its default). Vert.x only
 * writes a warning, from a thread of its own, so this listens to its log.
 *
 * <p>JUnit finds this extension by itself in every module that has this test-jar. A test that blocks on purpose has the
 * tag {@code blocks}.
 */
public final class BlockedEventLoops implements BeforeEachCallback, AfterEachCallback {
    private static final String ON_PURPOSE = "blocks";

    private final Logger log = (Logger) LoggerFactory.getLogger("io.vertx.core.impl.BlockedThreadChecker");
    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private final Appender<ILoggingEvent> listener = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            warnings.add(event.getFormattedMessage());
        }
    };

    @Override
    public void beforeEach(ExtensionContext context) {
        warnings.clear();
        listener.start();
        log.addAppender(listener);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        log.detachAppender(listener);
        if (!warnings.isEmpty() && !context.getTags().contains(ON_PURPOSE)) {
            throw new AssertionError("an event loop was blocked: submit slow work as a Job, or split it: " + warnings);
        }
    }
}
