package praline.protocol.gnutella;

import com.google.common.collect.ImmutableList;
import praline.protocol.Bytes;
import praline.protocol.Defect;
import praline.protocol.Endpoint;
import praline.protocol.Guid;
import praline.protocol.WireLimits;

/** Between the payloads of descriptors and their fields; each record's Javadoc shows its layout. */
final class PayloadCodec {

    private PayloadCodec() {}

    static Message read(Header header, PayloadReader in, WireLimits limits) throws Defective {
        return switch (header.type()) {
            case PING -> new Ping(header.guid(), header.ttl(), header.hops(), in.rest());
            case PONG -> readPong(header, in);
            case BYE -> new Bye(header.guid(), header.ttl(), header.hops(), in.unsignedShortLe(), in.rest());
            case QUERY -> readQuery(header, in);
            case QUERY_HIT -> readHit(header, in);
            case PUSH -> readPush(header, in);
            case VENDOR, STANDARD_VENDOR -> readVendor(header, in, limits);
            case QRP -> QrpCodec.read(header, in);
            case OTHER -> new Opaque(header.guid(), header.code(), header.ttl(), header.hops(), in.rest());
        };
    }

    static void write(Message message, PayloadWriter out) {
        if (message instanceof Query query) {
            out.shortBe(query.flags());
            out.zeroTerminated(query.text());
            out.bytes(query.extensions());
        } else if (message instanceof QueryHit hit) {
            writeHit(hit, out);
        } else if (message instanceof Ping ping) {
            out.bytes(ping.extensions());
        } else if (message instanceof Pong pong) {
            writePong(pong, out);
        } else if (message instanceof Push push) {
            writePush(push, out);
        } else if (message instanceof Bye bye) {
            out.shortLe(bye.code());
            out.bytes(bye.text());
        } else if (message instanceof Vendor vendor) {
            writeVendor(vendor, out);
        } else if (message instanceof IndexBatch batch) {
            IndexCodec.writeBatch(batch, out);
        } else if (message instanceof IndexStatus status) {
            IndexCodec.writeStatus(status, out);
        } else if (message instanceof QrpReset reset) {
            QrpCodec.write(reset, out);
        } else if (message instanceof QrpPatch patch) {
            QrpCodec.write(patch, out);
        } else if (message instanceof Opaque opaque) {
            out.bytes(opaque.payload());
        } else {
            throw new IllegalStateException("no way to write a " + message.type());
        }
    }

    private static Pong readPong(Header header, PayloadReader in) throws Defective {
        Endpoint endpoint = in.portThenAddress();
        long files = in.unsignedIntLe();
        long kibibytes = in.unsignedIntLe();
        return new Pong(header.guid(), header.ttl(), header.hops(), endpoint, files, kibibytes, in.rest());
    }

    private static void writePong(Pong pong, PayloadWriter out) {
        out.portThenAddress(pong.endpoint());
        out.intLe(pong.files());
        out.intLe(pong.kibibytes());
        out.bytes(pong.extensions());
    }

    private static Query readQuery(Header header, PayloadReader in) throws Defective {
        int flags = in.unsignedShortBe();
        Bytes text = in.untilZero();
        return new Query(header.guid(), header.ttl(), header.hops(), flags, text, in.rest());
    }

    private static Push readPush(Header header, PayloadReader in) throws Defective {
        Guid servent = in.guid();
        long index = in.unsignedIntLe();
        Endpoint endpoint = in.addressThenPort();
        return new Push(header.guid(), header.ttl(), header.hops(), servent, index, endpoint, in.rest());
    }

    private static void writePush(Push push, PayloadWriter out) {
        out.guid(push.servent());
        out.intLe(push.index());
        out.addressThenPort(push.endpoint());
        out.bytes(push.extensions());
    }

    private static Message readVendor(Header header, PayloadReader in, WireLimits limits) throws Defective {
        int vendor = in.intBe();
        int selector = in.unsignedShortLe();
        int version = in.unsignedShortLe();
        if (header.type() == MessageType.VENDOR && vendor == IndexCodec.PRLN && version == IndexCodec.VERSION) {
            if (selector == IndexCodec.BATCH) {
                return IndexCodec.readBatch(header, in, limits);
            }
            if (selector == IndexCodec.STATUS) {
                return IndexCodec.readStatus(header, in);
            }
        }
        return new Vendor(
                header.type(), header.guid(), header.ttl(), header.hops(), vendor, selector, version, in.rest());
    }

    private static void writeVendor(Vendor message, PayloadWriter out) {
        out.intBe(message.vendor());
        out.shortLe(message.selector());
        out.shortLe(message.version());
        out.bytes(message.data());
    }

    private static QueryHit readHit(Header header, PayloadReader in) throws Defective {
        int count = in.unsignedByte();
        if (count == 0) {
            throw in.defective(Defect.BAD_COUNT);
        }
        Endpoint endpoint = in.portThenAddress();
        long speed = in.unsignedIntLe();
        // Not sized by the count, which is a stranger's word.
        ImmutableList.Builder<HitRecord> records = ImmutableList.builder();
        for (int i = 0; i < count; i++) {
            records.add(readHitRecord(in));
        }
        if (in.remaining() < Guid.SIZE) {
            throw in.defective(Defect.BAD_COUNT);
        }
        int trailerAt = in.offset();
        Bytes trailer = in.bytes(in.remaining() - Guid.SIZE);
        // A trailer may be missing, as in the hits of 0.4; one that is none is a record too many for the count.
        if (!trailer.isEmpty() && !HitTrailer.isTrailer(trailer)) {
            throw new Defective(Defect.BAD_COUNT, trailerAt);
        }
        return new QueryHit(
                header.guid(), header.ttl(), header.hops(), endpoint, speed, records.build(), trailer, in.guid());
    }

    private static HitRecord readHitRecord(PayloadReader in) throws Defective {
        long index = in.unsignedIntLe();
        long size = in.unsignedIntLe();
        Bytes name = in.untilZero();
        return new HitRecord(index, size, name, in.untilZero());
    }

    private static void writeHit(QueryHit hit, PayloadWriter out) {
        out.oneByte(hit.records().size());
        out.portThenAddress(hit.endpoint());
        out.intLe(hit.speed());
        for (HitRecord record : hit.records()) {
            out.intLe(record.index());
            out.intLe(record.size());
            out.zeroTerminated(record.name());
            out.zeroTerminated(record.extensions());
        }
        out.bytes(hit.trailer());
        out.guid(hit.servent());
    }
}
