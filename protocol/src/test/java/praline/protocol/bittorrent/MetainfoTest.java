package praline.protocol.bittorrent;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.net.HostAndPort;
import java.util.Arrays;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import praline.protocol.Bytes;
import praline.protocol.Sha1;
import praline.protocol.WireLimits;
import praline.protocol.testing.Seeds;
import praline.protocol.testing.TorrentVectors;
import praline.protocol.text.RemoteText;

/** The torrent files of the folder {@code vectors}, what others write into theirs, and what they must not be. */
class MetainfoTest {

    private static final WireLimits LIMITS = WireLimits.STANDARD;

    @ParameterizedTest
    @CsvSource({
        "v1-single, 3f87e7cb6670d06cb24666f9ccaec3ff581f6d86, 148, 32768, 4, 1696, false",
        "v1-multi-private, a31a96a19fc9b1921e22f62f2544a49b18d56cb2, 308, 16384, 5, 4472, true",
        "hybrid, 0e1fe3fabe0c0e6867c7a69ef7a5d3c2a9b0b451, 455, 32768, 5, 7232, false"
    })
    void theTorrentsOfTheVectorsAreAsOthersReadThem(
            String name, String infohash, int infoSize, int pieceLength, int pieces, int last, boolean isPrivate) {
        TorrentInfo info = vector(name).info();

        assertThat(info.infohash().hex()).isEqualTo(infohash);
        assertThat(info.info().size()).isEqualTo(infoSize);
        assertThat(info.pieceLength()).isEqualTo(pieceLength);
        assertThat(info.pieceCount()).isEqualTo(pieces);
        assertThat(info.pieceSize(pieces - 1)).isEqualTo(last);
        assertThat(info.isPrivate()).isEqualTo(isPrivate);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1-single", "v1-multi-private"})
    void aTorrentFileIsWrittenAsItWasRead(String name) {
        assertThat(vector(name).encode()).isEqualTo(TorrentVectors.torrent(name));
    }

    @Test
    void theContentsOfTheVectorsHaveTheHashesOfTheirTorrents() {
        assertPieces("v1-single", TorrentVectors.content("alpha", 100_000));
        assertPieces(
                "v1-multi-private",
                TorrentVectors.content("m-a", 20_000),
                TorrentVectors.content("m-b", 50_001),
                TorrentVectors.content("m-c", 7));
        assertPieces(
                "hybrid",
                TorrentVectors.content("hy-a", 70_000),
                new byte[28_304],
                TorrentVectors.content("hy-b", 40_000));
    }

    @Test
    void aSingleFileHasItsNameFromTheTorrent() {
        TorrentInfo info = vector("v1-single").info();

        assertThat(info.isSingleFile()).isTrue();
        assertThat(info.name()).isEqualTo(RemoteText.of("alpha.bin"));
        assertThat(info.files()).containsExactly(new TorrentFile(ImmutableList.of(), 0, 100_000, false));
        assertThat(vector("v1-single").trackers()).containsExactly(ImmutableList.of("http://127.0.0.1:6969/announce"));
    }

    @Test
    void manyFilesLieOneBehindAnother() {
        Metainfo metainfo = vector("v1-multi-private");

        assertThat(metainfo.info().name()).isEqualTo(RemoteText.of("multi"));
        assertThat(metainfo.info().files())
                .containsExactly(
                        new TorrentFile(path("a.bin"), 0, 20_000, false),
                        new TorrentFile(path("empty.txt"), 20_000, 0, false),
                        new TorrentFile(path("sub", "b.bin"), 20_000, 50_001, false),
                        new TorrentFile(path("sub", "\u00FCn\u00EF.txt"), 70_001, 7, false));
        assertThat(metainfo.trackers()).hasSize(2);
        assertThat(metainfo.trackers().get(0)).hasSize(2).anyMatch(url -> url.startsWith("udp://"));
        assertThat(metainfo.creationSeconds()).hasValue(1_700_000_000);
        assertThat(metainfo.comment().isEmpty()).isFalse();
        assertThat(metainfo.createdBy().isEmpty()).isFalse();
    }

    @Test
    void aTorrentOfVersionTwoAloneIsRefusedInClearWords() {
        assertThat(reason(TorrentVectors.torrent("v2-only")))
                .isEqualTo("this is a version 2 torrent; only version 1 is supported");
        assertThat(reason(torrent("6:lengthi1e12:meta versioni3e4:name1:a12:piece lengthi16384e")))
                .isEqualTo("this is a version 3 torrent, which is newer than this program");
    }

    @Test
    void aHybridIsTakenByItsFirstVersionAndItsFillingIsMarked() {
        assertThat(vector("hybrid").info().files())
                .containsExactly(
                        new TorrentFile(path("a.bin"), 0, 70_000, false),
                        new TorrentFile(path(".pad", "28304"), 70_000, 28_304, true),
                        new TorrentFile(path("b.bin"), 98_304, 40_000, false));
    }

    @Test
    void fillingIsKnownByItsAttributeOrItsOldNameAndNeedsNoPath() {
        TorrentInfo info = info("5:filesl" + "d6:lengthi5e4:pathl1:aee" + "d4:attr2:xp6:lengthi3ee"
                + "d6:lengthi2e4:pathl20:_____padding_file_0_ee" + "d4:attr1:x6:lengthi6e4:pathl1:beee"
                + "4:name1:n12:piece lengthi16384e6:pieces20:" + "x".repeat(20));

        assertThat(info.files()).extracting(TorrentFile::isPadding).containsExactly(false, true, true, false);
        assertThat(info.files().get(1).path()).isEqualTo(path(".pad", "3"));
        assertThat(info.size()).isEqualTo(16);
    }

    @Test
    void theNamesInUtf8ArePreferred() {
        TorrentInfo info = info("5:filesld6:lengthi5e4:pathl1:ae10:path.utf-8l1:bee"
                + "e4:name1:n10:name.utf-81:m12:piece lengthi16384e6:pieces20:" + "x".repeat(20));

        assertThat(info.name()).isEqualTo(RemoteText.of("m"));
        assertThat(info.files().get(0).path()).isEqualTo(path("b"));
    }

    @Test
    void theInfohashIsThatOfTheBytesAsTheyCame() {
        String unsorted = "4:name1:a6:lengthi05e12:piece lengthi16384e6:pieces20:" + "x".repeat(20);

        TorrentInfo info = info(unsorted);

        assertThat(info.size()).isEqualTo(5);
        assertThat(info.infohash())
                .isEqualTo(Sha1.digestOf(Bytes.ofUtf8("d" + unsorted + "e").toArray()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"i0e", "i2e", "1:1", "le"})
    void privateIsTheNumberOneAndNothingElse(String value) {
        String start = "6:lengthi5e4:name1:a12:piece lengthi16384e6:pieces20:" + "x".repeat(20) + "7:private";

        assertThat(info(start + value).isPrivate()).isFalse();
        assertThat(info(start + "i1e").isPrivate()).isTrue();
    }

    @Test
    void whatIsWrongIsSaidInOneLine() {
        String hashes = "6:pieces20:" + "x".repeat(20);
        Map<String, String> wrong = Map.ofEntries(
                Map.entry("6:lengthi5e12:piece lengthi16384e" + hashes, "no name"),
                Map.entry("6:lengthi5e4:name1:a" + hashes, "no piece length"),
                Map.entry("6:lengthi5e4:name1:a12:piece lengthi0e" + hashes, "piece length is 0"),
                Map.entry("6:lengthi5e4:name1:a12:piece lengthi-1e" + hashes, "piece length is -1"),
                Map.entry("6:lengthi5e4:name1:a12:piece lengthi67108865e" + hashes, "piece length is 67108865"),
                Map.entry("6:lengthi5e4:name1:a12:piece lengthi4294967296e" + hashes, "piece length is 4294967296"),
                Map.entry("6:lengthi5e4:name1:a12:piece lengthi16384e", "no piece hashes"),
                Map.entry("6:lengthi16385e4:name1:a12:piece lengthi16384e" + hashes, "20 bytes of piece hashes"),
                Map.entry("6:lengthi0e4:name1:a12:piece lengthi16384e6:pieces0:", "no content"),
                Map.entry("6:lengthi-1e4:name1:a12:piece lengthi16384e" + hashes, "no length"),
                Map.entry("6:length1:54:name1:a12:piece lengthi16384e" + hashes, "no length"),
                Map.entry("4:name1:a12:piece lengthi16384e" + hashes, "no files"),
                Map.entry("5:filesle4:name1:a12:piece lengthi16384e" + hashes, "no files"),
                Map.entry("5:filesi1e4:name1:a12:piece lengthi16384e" + hashes, "no files"),
                Map.entry("5:filesli1ee4:name1:a12:piece lengthi16384e" + hashes, "no dictionary"),
                Map.entry("5:filesld6:lengthi5e4:pathleee4:name1:a12:piece lengthi16384e" + hashes, "no path"),
                Map.entry("5:filesld6:lengthi5eee4:name1:a12:piece lengthi16384e" + hashes, "no path"),
                Map.entry("5:filesld6:lengthi5e4:pathli1eeee4:name1:a12:piece lengthi16384e" + hashes, "no text"),
                Map.entry(
                        "5:filesld6:lengthi5e4:pathl" + "1:a".repeat(101) + "eee4:name1:a12:piece lengthi16384e"
                                + hashes,
                        "100 folders"),
                Map.entry(
                        "5:filesld6:lengthi5e4:pathl1:aeee6:lengthi5e4:name1:a12:piece lengthi16384e" + hashes,
                        "both one file and many"));
        wrong.forEach((info, reason) ->
                assertThat(reason(torrent(info))).as(info).contains(reason).doesNotContain("\n"));
    }

    @Test
    void sizesAroundEveryPowerOfTwoAreCountedRight() {
        for (int power : new int[] {31, 32, 44}) {
            for (long size = (1L << power) - 1; size <= (1L << power) + 1; size++) {
                String info = "6:lengthi" + size + "e4:name1:a12:piece lengthi67108864e6:pieces";
                int count = (int) ((size + 67_108_863) / 67_108_864);
                assertThat(info(info + 20 * count + ":" + "x".repeat(20 * count))
                                .pieceCount())
                        .isEqualTo(count);
                assertThat(reason(torrent(info + 20 * (count - 1) + ":" + "x".repeat(20 * (count - 1)))))
                        .contains("bytes of piece hashes");
            }
        }
    }

    @Test
    void sumsOfLengthsDoNotOverflow() {
        String large = "d6:lengthi9223372036854775807e4:pathl1:aee";
        String end = "4:name1:a12:piece lengthi16384e6:pieces20:" + "x".repeat(20);

        assertThat(reason(torrent("5:filesl" + large + large + "e" + end)))
                .contains("more than 1125899906842624 bytes");
        assertThat(reason(torrent("5:filesl" + "d6:lengthi1125899906842624e4:pathl1:aee".repeat(2) + "e" + end)))
                .contains("more than 1125899906842624 bytes");
        assertThat(reason(torrent("6:lengthi1125899906842624e" + end))).contains("68719476736 pieces");
    }

    @Test
    void whatIsTooLargeIsRefusedBeforeItIsRead() {
        Bytes file = Bytes.copyOf(new byte[LIMITS.torrent().file() + 1]);

        assertThat(reason(file)).contains("more than 10000000 bytes");
        assertThat(TorrentInfo.parse(file, LIMITS)).isInstanceOf(Parsed.Invalid.class);
        assertThat(reason(torrent("5:filesl" + "de".repeat(100_001) + "e4:name1:a12:piece lengthi16384e")))
                .contains("100001 files");
    }

    @Test
    void whatIsNoTorrentFileIsSaidToBeNone() {
        for (String text : new String[] {"", "d", "de", "le", "<html>", "d4:infoe", "d4:infoi1ee", "d4:info2:dee"}) {
            assertThat(reason(Bytes.ofUtf8(text))).as(text).isNotEmpty();
        }
    }

    @Test
    void metadataIsTheDictionaryAndNothingMore() {
        Bytes info = vector("v1-single").info().info();

        assertThat(TorrentInfo.parse(info, LIMITS))
                .isEqualTo(new Parsed.Valid<>(vector("v1-single").info()));
        assertThat(TorrentInfo.parse(info.concat(Bytes.ofUtf8("\n")), LIMITS)).isInstanceOf(Parsed.Invalid.class);
    }

    @Test
    void ofTheTrackersThoseThatCanBeSpokenToAreKept() {
        String info = "4:infod" + "6:lengthi5e4:name1:a12:piece lengthi16384e6:pieces20:" + "x".repeat(20) + "e";
        String list = "13:announce-list" + "l" + "l11:http://a/an12:wss://b/ann0e" + "le" + "9:udp://c:1" + "i5e"
                + "l11:HTTPS://d/n11:HTTPS://d/n7:http://e" + "e";

        Metainfo metainfo = valid(Bytes.ofUtf8("d8:announce11:http://z/an" + list + info + "e"));

        assertThat(metainfo.trackers())
                .containsExactly(
                        ImmutableList.of("http://a/an"),
                        ImmutableList.of("udp://c:1"),
                        ImmutableList.of("HTTPS://d/n"));
        assertThat(valid(Bytes.ofUtf8("d8:announce11:http://z/an13:announce-listllee" + info + "e"))
                        .trackers())
                .containsExactly(ImmutableList.of("http://z/an"));
    }

    @Test
    void webSeedsComeAsAStringOrAList() {
        String start = "d4:infod6:lengthi5e4:name1:a12:piece lengthi16384e6:pieces20:" + "x".repeat(20) + "e8:url-list";

        assertThat(valid(Bytes.ofUtf8(start + "10:http://a/be")).webSeeds()).containsExactly("http://a/b");
        assertThat(valid(Bytes.ofUtf8(start + "l10:http://a/b9:ftp://a/b10:http://a/cee"))
                        .webSeeds())
                .containsExactly("http://a/b", "http://a/c");
        assertThat(valid(Bytes.ofUtf8(start + "0:e")).webSeeds()).isEmpty();
    }

    @Test
    void nodesWithoutAUsableHostOrPortArePassedOver() {
        Metainfo metainfo = valid(Bytes.ofUtf8("d4:infod6:lengthi5e4:name1:a12:piece lengthi16384e6:pieces20:"
                + "x".repeat(20) + "e5:nodesll4:hosti6881eel3:::1i1eel3:a:1i1eel3:a\u001Bci1eel1:ai0eel1:aei5eee"));

        assertThat(metainfo.nodes())
                .containsExactly(HostAndPort.fromParts("host", 6_881), HostAndPort.fromParts("::1", 1));
    }

    @Test
    void aTorrentThatWeMakeIsTheOneThatOthersMake() {
        TorrentInfo single = vector("v1-single").info();
        TorrentInfo many = vector("v1-multi-private").info();

        assertThat(recreated(single)).isEqualTo(single);
        assertThat(recreated(many)).isEqualTo(many);
    }

    @Test
    void whatIsWrittenIsReadBack() {
        Seeds.check(200, random -> {
            ImmutableList<ImmutableList<String>> tiers = switch (random.nextInt(3)) {
                case 0 -> ImmutableList.of();
                case 1 -> ImmutableList.of(ImmutableList.of("http://127.0.0.1:1/announce"));
                default ->
                    ImmutableList.of(ImmutableList.of("http://a/announce", "udp://a:1"), ImmutableList.of("udp://b:2"));
            };
            Metainfo metainfo = new Metainfo(
                    vector("v1-single").info(),
                    tiers,
                    RemoteText.of(random.nextBoolean() ? "" : "a comment"),
                    RemoteText.of(random.nextBoolean() ? "" : "Praline"),
                    random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(random.nextInt()),
                    random.nextBoolean() ? ImmutableList.of() : ImmutableList.of("http://a/b"),
                    random.nextBoolean() ? ImmutableList.of() : ImmutableList.of(HostAndPort.fromParts("::1", 7)));
            assertThat(valid(metainfo.encode())).isEqualTo(metainfo);
        });
    }

    @Test
    void aDamagedFileIsSoundOrRefusedAndNothingElse() {
        byte[] file = TorrentVectors.torrent("v1-multi-private").toArray();
        Seeds.checkMany(5_000, random -> {
            byte[] damaged = Arrays.copyOf(file, random.nextInt(4) == 0 ? random.nextInt(file.length) : file.length);
            for (int i = random.nextInt(4); i > 0 && damaged.length > 0; i--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            }
            if (Metainfo.parse(Bytes.copyOf(damaged), LIMITS) instanceof Parsed.Valid<Metainfo> valid) {
                TorrentInfo info = valid.value().info();
                assertThat(info.size()).isPositive();
                assertThat(info.pieceSize(info.pieceCount() - 1)).isBetween(1, info.pieceLength());
                assertThat(TorrentInfo.parse(info.info(), LIMITS)).isEqualTo(new Parsed.Valid<>(info));
            }
        });
    }

    private static TorrentInfo recreated(TorrentInfo info) {
        return TorrentInfo.create(
                info.name().tainted(), info.pieceLength(), info.hashes(), info.files(), info.isPrivate());
    }

    private static void assertPieces(String name, byte[]... parts) {
        TorrentInfo info = vector(name).info();
        byte[] content = com.google.common.primitives.Bytes.concat(parts);
        assertThat(info.size()).isEqualTo(content.length);
        for (int piece = 0; piece < info.pieceCount(); piece++) {
            int from = (int) info.pieceOffset(piece);
            assertThat(Sha1.digestOf(Arrays.copyOfRange(content, from, from + info.pieceSize(piece))))
                    .isEqualTo(info.hash(piece));
        }
    }

    private static ImmutableList<RemoteText> path(String... names) {
        return Arrays.stream(names).map(RemoteText::of).collect(ImmutableList.toImmutableList());
    }

    private static Metainfo vector(String name) {
        return valid(TorrentVectors.torrent(name));
    }

    private static TorrentInfo info(String entries) {
        return valid(torrent(entries)).info();
    }

    /** A torrent file with these entries in its info dictionary. */
    private static Bytes torrent(String infoEntries) {
        return Bytes.ofUtf8("d4:infod" + infoEntries + "ee");
    }

    private static Metainfo valid(Bytes file) {
        Parsed<Metainfo> parsed = Metainfo.parse(file, LIMITS);
        assertThat(parsed).isInstanceOf(Parsed.Valid.class);
        return ((Parsed.Valid<Metainfo>) parsed).value();
    }

    private static String reason(Bytes file) {
        Parsed<Metainfo> parsed = Metainfo.parse(file, LIMITS);
        assertThat(parsed).isInstanceOf(Parsed.Invalid.class);
        return ((Parsed.Invalid<Metainfo>) parsed).reason();
    }
}
