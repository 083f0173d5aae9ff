package praline.protocol.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import praline.protocol.Guid;

/** The question to a push proxy, in the spellings that are about. */
class PushProxyAskTest {

    private static final Guid SERVENT = Guid.ofHex("00112233445566778899aabbccddee01");

    @Test
    void theSharerIsNamedInEitherOfTwoWays() {
        assertThat(PushProxyAsk.parse("ServerId=AAISEM2EKVTHPCEZVK54ZXPOAE&file=5"))
                .contains(new PushProxyAsk(SERVENT, 5));
        assertThat(PushProxyAsk.parse("tls=true&serverid=aaisem2ekvthpcezvk54zxpoae"))
                .contains(new PushProxyAsk(SERVENT, 0));
        assertThat(PushProxyAsk.parse("guid=00112233445566778899AABBCCDDEE01&file=4294967295"))
                .contains(new PushProxyAsk(SERVENT, 0xFFFF_FFFFL));
    }

    @Test
    void whatItWritesItReads() {
        PushProxyAsk ask = new PushProxyAsk(SERVENT, 7);

        assertThat(ask.target()).isEqualTo("/gnutella/push-proxy?ServerId=AAISEM2EKVTHPCEZVK54ZXPOAE&file=7");
        assertThat(PushProxyAsk.parse(ask.target().substring(ask.target().indexOf('?') + 1)))
                .contains(ask);
    }

    @Test
    void whatNamesNoSharerIsNoQuestion() {
        List<String> queries = List.of(
                "",
                "file=5",
                "ServerId",
                "ServerId=AAISEM2EKVTHPCEZVK54ZXPOA",
                "ServerId=AAISEM2EKVTHPCEZVK54ZXPO1E",
                "guid=00112233445566778899aabbccddee0g",
                "guid=0011",
                "guid=00112233445566778899aabbccddee01&file=-1",
                "guid=00112233445566778899aabbccddee01&file=4294967296");
        for (String query : queries) {
            assertThat(PushProxyAsk.parse(query)).as(query).isEmpty();
        }
    }
}
