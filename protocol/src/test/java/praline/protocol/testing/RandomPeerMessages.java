package praline.protocol.testing;

import java.util.random.RandomGenerator;
import praline.protocol.bittorrent.PeerMessage;
import praline.protocol.bittorrent.PeerMessage.AllowedFast;
import praline.protocol.bittorrent.PeerMessage.Bitfield;
import praline.protocol.bittorrent.PeerMessage.Cancel;
import praline.protocol.bittorrent.PeerMessage.Extended;
import praline.protocol.bittorrent.PeerMessage.Have;
import praline.protocol.bittorrent.PeerMessage.KeepAlive;
import praline.protocol.bittorrent.PeerMessage.PieceHead;
import praline.protocol.bittorrent.PeerMessage.Port;
import praline.protocol.bittorrent.PeerMessage.Reject;
import praline.protocol.bittorrent.PeerMessage.Request;
import praline.protocol.bittorrent.PeerMessage.Signal;
import praline.protocol.bittorrent.PeerMessage.Suggest;

/** Messages of a swarm of every kind but the first, drawn by chance: each is one that decodes to itself. */
public final class RandomPeerMessages {

    private RandomPeerMessages() {}

    /** One message of a kind that chance chooses. */
    public static PeerMessage message(RandomGenerator random) {
        int piece = number(random);
        int begin = number(random);
        int length = number(random);
        return switch (random.nextInt(11)) {
            case 0 -> new KeepAlive();
            case 1 -> Signal.values()[random.nextInt(Signal.values().length)];
            case 2 -> new Have(piece);
            case 3 -> new Bitfield(RandomMessages.bytes(random, 40));
            case 4 -> new Request(piece, begin, length);
            case 5 -> new PieceHead(piece, begin, random.nextInt(131_073));
            case 6 -> new Cancel(piece, begin, length);
            case 7 -> new Port(random.nextInt(65_536));
            case 8 -> random.nextBoolean() ? new Suggest(piece) : new AllowedFast(piece);
            case 9 -> new Reject(piece, begin, length);
            default -> new Extended(random.nextInt(256), RandomMessages.bytes(random, 60));
        };
    }

    private static int number(RandomGenerator random) {
        return random.nextInt(4) == 0 ? random.nextInt() & Integer.MAX_VALUE : random.nextInt(1 << 20);
    }
}
