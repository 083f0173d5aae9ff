package praline.lab.sim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import praline.node.swarm.SwarmFrame;
import praline.node.swarm.SwarmFrame.OwnBlock;
import praline.node.swarm.SwarmFrame.ReceivedBlock;
import praline.node.swarm.SwarmFrame.Said;
import praline.protocol.Bytes;
import praline.protocol.Sha1;
import praline.protocol.bittorrent.PeerMessage;

/** What becomes of the frames of a swarm between two nodes. */
class SwarmWireTest {

    private static final OwnBlock BLOCK = new OwnBlock(Sha1.digestOf(new byte[0]), 7, 16_384, 16_384);

    @Test
    void aBlockThatIsSentArrivesWithoutBytesAndAsHeavy() {
        ReceivedBlock arrived = (ReceivedBlock) SwarmWire.HONEST.arriving(BLOCK);

        assertThat(arrived.piece()).isEqualTo(7);
        assertThat(arrived.begin()).isEqualTo(16_384);
        assertThat(((VirtualBlock) arrived.block()).isGood()).isTrue();
        assertThat(SwarmWire.HONEST.wireSize(arrived)).isEqualTo(SwarmWire.HONEST.wireSize(BLOCK));
    }

    @Test
    void aPoisonersBlocksAreBad() {
        ReceivedBlock arrived = (ReceivedBlock) SwarmWire.POISONED.arriving(BLOCK);

        assertThat(((VirtualBlock) arrived.block()).isGood()).isFalse();
    }

    @Test
    void messagesComeOutOfTheirBytesAsTheyWere() {
        Bytes id = Bytes.copyOf(new byte[20]);
        PeerMessage[] messages = {
            new PeerMessage.Hello(PeerMessage.Hello.OURS, BLOCK.torrent(), id),
            new PeerMessage.KeepAlive(),
            PeerMessage.Signal.UNCHOKE,
            new PeerMessage.Have(3),
            new PeerMessage.Bitfield(Bytes.copyOf(new byte[5])),
            new PeerMessage.Request(1, 16_384, 100),
            new PeerMessage.Extended(0, Bytes.ofUtf8("de"))
        };
        for (PeerMessage message : messages) {
            SwarmFrame said = new Said(message);
            assertThat(SwarmWire.HONEST.throughBytes(said)).isEqualTo(said);
            assertThat(SwarmWire.HONEST.isControl(said)).isTrue();
        }
        SwarmFrame arrived = SwarmWire.HONEST.arriving(BLOCK);
        assertThat(SwarmWire.HONEST.throughBytes(arrived)).isSameAs(arrived);
        assertThat(SwarmWire.HONEST.isControl(BLOCK)).isFalse();
    }
}
