package praline.cli;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import praline.node.disk.TorrentMaker;
import praline.protocol.UserError;
import praline.protocol.WireLimits;
import praline.protocol.bittorrent.Metainfo;
import praline.protocol.bittorrent.TorrentInfo;
import praline.protocol.bittorrent.TrackerUrl;
import praline.protocol.text.RemoteText;
import praline.protocol.text.SafeName;

/** {@code praline torrent create}: makes a torrent file of a file or a folder. */
@Command(
        name = "create",
        mixinStandardHelpOptions = true,
        description = "Make a torrent file of a file, or of a folder and all that is in it.")
final class TorrentCreateCommand implements Callable<Integer> {

    @ParentCommand
    private TorrentCommand torrent;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--announce",
            paramLabel = "URL",
            description = {
                "A tracker; may be given several times, each one is asked when those before it fail.",
                "Several URLs with commas between them are asked in any order."
            })
    private List<String> announce = List.of();

    @Option(
            names = "--piece",
            paramLabel = "SIZE",
            converter = Quantity.PieceLength.class,
            description = "Bytes of a piece, a power of two from 16K to 64M (default: as the size asks for).")
    private @Nullable Integer pieceLength;

    @Option(names = "--name", paramLabel = "NAME", description = "Of the torrent (default: as the data is called).")
    private @Nullable String name;

    @Option(names = "--private", description = "Peers may come from its trackers only.")
    private boolean isPrivate;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "The torrent file (default: NAME.torrent in this folder).")
    private @Nullable Path file;

    @Option(names = "--force", description = "Overwrite a torrent file that is there.")
    private boolean isForced;

    @Parameters(paramLabel = "PATH", description = "The file or folder.")
    private Path data;

    /** The result, for programs. */
    record Made(String path, String infohash, long size, int pieces, int pieceLength, String magnet) {}

    @Override
    public Integer call() {
        ImmutableList<ImmutableList<String>> tiers =
                announce.stream().map(TorrentCreateCommand::tier).collect(ImmutableList.toImmutableList());
        requireName();
        if (file != null) {
            requireFree(file);
        }
        Output output = torrent.praline().output();
        TorrentInfo info = make(output);
        Path target = file != null ? file : Path.of(fileName(info.name()));
        requireFree(target);
        Metainfo metainfo = metainfo(info, tiers);
        write(metainfo, target);
        print(metainfo, target, output);
        return ExitCode.OK;
    }

    private static ImmutableList<String> tier(String urls) {
        ImmutableList<String> tier =
                ImmutableList.copyOf(Splitter.on(',').trimResults().split(urls));
        for (String url : tier) {
            if (TrackerUrl.parse(url).isEmpty()) {
                throw new UserError(UserError.Kind.USAGE, "this is no http, https or udp URL", "--announce " + url);
            }
        }
        return tier;
    }

    private void requireName() {
        if (name != null && (name.isBlank() || name.contains("/"))) {
            throw new UserError(UserError.Kind.USAGE, "this is no name of a file or folder", "--name " + name);
        }
    }

    private void requireFree(Path target) {
        if (Files.isDirectory(target)) {
            throw new UserError(UserError.Kind.BAD_INPUT, "this is a folder", target.toString());
        }
        if (!isForced && Files.exists(target)) {
            throw new UserError(
                    UserError.Kind.BAD_INPUT, "the torrent file is there already (see --force)", target.toString());
        }
    }

    private TorrentInfo make(Output output) {
        int length = pieceLength == null ? TorrentMaker.Options.AUTOMATIC : pieceLength;
        TorrentMaker.Options options = new TorrentMaker.Options(Optional.ofNullable(name), length, isPrivate);
        try {
            return TorrentMaker.make(data, options, new HashingLine("hashing", output));
        } catch (IOException e) {
            throw failed("it cannot be read", e, data);
        } finally {
            output.clearProgress();
        }
    }

    private Metainfo metainfo(TorrentInfo info, ImmutableList<ImmutableList<String>> tiers) {
        return new Metainfo(
                info,
                tiers,
                RemoteText.EMPTY,
                RemoteText.of(spec.root().version()[0]),
                OptionalLong.of(Instant.now().getEpochSecond()),
                ImmutableList.of(),
                ImmutableList.of());
    }

    private static String fileName(RemoteText name) {
        return SafeName.of(name.tainted() + ".torrent", WireLimits.STANDARD);
    }

    /** A torrent file is there as a whole or not at all. */
    private static void write(Metainfo metainfo, Path target) {
        Path absolute = target.toAbsolutePath();
        Path folder = absolute.getParent() == null ? absolute : absolute.getParent();
        try {
            Path growing = Files.createTempFile(folder, ".praline-", ".torrent");
            try {
                Files.delete(growing); // It is for our eyes only; a torrent file is for others.
                Files.write(growing, metainfo.encode().toArray());
                move(growing, absolute);
            } finally {
                Files.deleteIfExists(growing);
            }
        } catch (IOException e) {
            throw failed("the torrent file cannot be written", e, target);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void print(Metainfo metainfo, Path target, Output output) {
        TorrentInfo info = metainfo.info();
        TorrentSheet sheet = TorrentSheet.of(metainfo);
        if (output.isJson()) {
            output.json(new Made(
                    target.toString(),
                    info.infohash().hex(),
                    info.size(),
                    info.pieceCount(),
                    info.pieceLength(),
                    sheet.magnet()));
            return;
        }
        output.line(target.toString());
        sheet.printIdentity(output);
    }

    private static UserError failed(String what, IOException problem, Path where) {
        return new UserError(
                UserError.Kind.BAD_INPUT, what + " (" + problem.getClass().getSimpleName() + ")", where.toString());
    }
}
