package praline.node.overlay;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import praline.node.engine.CloseReason;
import praline.node.engine.DialFailure;
import praline.protocol.Bytes;
import praline.protocol.Defect;
import praline.protocol.Endpoint;
import praline.protocol.Guid;
import praline.protocol.gnutella.Bye;
import praline.protocol.gnutella.Handshake;
import praline.protocol.gnutella.Headers;
import praline.protocol.gnutella.HitRecord;
import praline.protocol.gnutella.IndexStatus;
import praline.protocol.gnutella.Message;
import praline.protocol.gnutella.Opaque;
import praline.protocol.gnutella.OverlayFrame;
import praline.protocol.gnutella.Ping;
import praline.protocol.gnutella.Pong;
import praline.protocol.gnutella.Query;
import praline.protocol.gnutella.QueryHit;
import praline.protocol.testing.Seeds;

/**
 * One engine under any script of events: links open, greet, talk sense and nonsense, fill up and die, in any order. It
 * never throws, never asks a link thrice about one query, never sends on a link that it closed, and keeps its bounds
 * (spec/hardening.md sections 12 and 13: V1, V4, V7, V8).
 */
class AnyScriptTest {

    private static final int STEPS = 400;
    private static final OverlayLimits TIGHT = OverlayLimits.with(Map.of(
            "limits.overlay.neighboursMax", 4L,
            "limits.overlay.leavesMax", 3L,
            "limits.overlay.routesMax", 32L,
            "limits.overlay.hostsMax", 8L,
            "limits.overlay.searchesMax", 4L));

    @Test
    void noScriptBreaksAnEngine() {
        Seeds.check(300, random -> {
            Role role = Role.values()[random.nextInt(3)];
            Script script = new Script(random, new Stage(role, TIGHT, null));
            for (int step = 0; step < STEPS; step++) {
                script.step();
                script.check();
            }
        });
    }

    private static final class Script {
        private final RandomGenerator random;
        private final Stage stage;
        private final List<HandLink> open = new ArrayList<>();
        private int lastPeer = 1;

        Script(RandomGenerator random, Stage stage) {
            this.random = random;
            this.stage = stage;
        }

        void step() {
            switch (random.nextInt(12)) {
                case 0 -> accept();
                case 1 -> answerDial();
                case 2 -> stage.engine.connect(endpoint());
                case 3 -> close();
                case 4 -> stage.advance(random.nextInt(20_000));
                case 5 -> stage.engine.search(new Search("praline", null, 1 + random.nextInt(7), spread()));
                case 6 -> onLink(link -> link.room = random.nextInt(98_304));
                case 7 -> onLink(link -> stage.engine.onDefect(link, pick(Defect.values())));
                case 8 -> onLink(link -> stage.engine.onMessage(link, handshake()));
                case 9 -> onLink(stage.engine::onWritable);
                default -> onLink(link -> stage.engine.onMessage(link, message()));
            }
            open.removeIf(link -> link.closed != null && random.nextBoolean());
        }

        void check() {
            OverlayStatus status = stage.engine.status();
            long leaves = status.links().stream()
                    .filter(link -> link.role() == Role.LEAF)
                    .count();
            assertThat(leaves).isLessThanOrEqualTo(TIGHT.leavesMax());
            // what we dial ourselves may come on top of what dials us, but no more than we want
            assertThat(status.links().size() - leaves).isLessThanOrEqualTo(TIGHT.neighboursMax() + 2);
            for (HandLink link : open) {
                Map<Guid, Integer> asked = new LinkedHashMap<>();
                for (OverlayFrame frame : link.sent) {
                    if (frame instanceof Query query && query.hops() > 0) {
                        asked.merge(query.guid(), 1, Integer::sum);
                    }
                }
                assertThat(asked.values()).as("asked twice at most").allMatch(times -> times <= 2);
            }
            assertThat(stage.engine.nextWake())
                    .as("no due deadline stays in place")
                    .isGreaterThan(0);
        }

        private void accept() {
            HandLink link = new HandLink("127.0.0." + (2 + random.nextInt(200)) + ":" + (1024 + random.nextInt(9_000)));
            stage.engine.onLinkOpen(link, 0);
            open.add(link);
            if (random.nextInt(4) > 0) {
                stage.engine.onMessage(
                        link, Handshake.greeting(Stage.headers(pick(Role.values()), 2 + random.nextInt(20))));
                stage.engine.onMessage(link, Handshake.answer(200, "OK", Headers.NONE));
            }
        }

        private void answerDial() {
            if (stage.host.dials.isEmpty()) {
                return;
            }
            HandHost.Dial dial = stage.host.takeDial();
            if (random.nextBoolean()) {
                stage.engine.onDialFailed(dial.ticket(), pick(DialFailure.values()));
                return;
            }
            HandLink link = new HandLink(dial.to().toString());
            stage.engine.onLinkOpen(link, dial.ticket());
            open.add(link);
            stage.engine.onMessage(
                    link,
                    Handshake.answer(
                            random.nextInt(3) == 0 ? 503 : 200,
                            "",
                            Stage.headers(pick(Role.values()), 2 + random.nextInt(20))));
        }

        private void close() {
            onLink(link -> {
                stage.engine.onLinkClosed(link, pick(CloseReason.values()));
                open.remove(link);
            });
        }

        private void onLink(java.util.function.Consumer<HandLink> action) {
            if (!open.isEmpty()) {
                action.accept(open.get(random.nextInt(open.size())));
            }
        }

        private Handshake handshake() {
            Headers headers = Stage.headers(pick(Role.values()), 2 + random.nextInt(20));
            return random.nextBoolean() ? Handshake.greeting(headers) : Handshake.answer(200, "OK", headers);
        }

        private Message message() {
            int ttl = random.nextInt(20);
            int hops = random.nextInt(4) == 0 ? random.nextInt(256) : random.nextInt(6);
            Guid guid = Stage.guid(1_000 + random.nextInt(60));
            return switch (random.nextInt(8)) {
                case 0 -> new Ping(guid, ttl, hops, Bytes.EMPTY);
                case 1 -> new Pong(guid, ttl, hops, endpoint(), 1, 1, Bytes.EMPTY);
                case 2 -> new Opaque(guid, random.nextBoolean() ? 0x30 : 0xCD, ttl, hops, Bytes.EMPTY);
                case 3 -> random.nextInt(10) == 0 ? Bye.of(guid, 200, "") : new Ping(guid, 1, 0, Bytes.EMPTY);
                case 4 -> new QueryHit(guid, ttl, hops, endpoint(), 1, records(), Bytes.EMPTY, guid);
                case 5 -> new IndexStatus(guid, 1, 0, 1, random.nextInt(3), pick(IndexStatus.Status.values()), 0, 0);
                default -> new Query(guid, ttl, hops, 0x8000, Bytes.ofUtf8("praline"), Bytes.EMPTY);
            };
        }

        private static ImmutableList<HitRecord> records() {
            return ImmutableList.of(new HitRecord(1, 1, Bytes.ofUtf8("praline"), Bytes.EMPTY));
        }

        private Endpoint endpoint() {
            lastPeer = 2 + (lastPeer + random.nextInt(50)) % 200;
            return Endpoint.ofIpv4(0x7F000000 + lastPeer, random.nextInt(3) == 0 ? 0 : 6346);
        }

        private Search.Spread spread() {
            return pick(Search.Spread.values());
        }

        private <T> T pick(T[] values) {
            return values[random.nextInt(values.length)];
        }
    }
}
