package praline.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import praline.protocol.Bytes;
import praline.protocol.UserError;
import praline.protocol.WireLimits;
import praline.protocol.bittorrent.Magnet;
import praline.protocol.bittorrent.Metainfo;
import praline.protocol.bittorrent.Parsed;

/** A torrent as a user names it: a torrent file, or a magnet link. */
sealed interface TorrentInput {

    /** A torrent file, read and checked. */
    record File(Metainfo metainfo) implements TorrentInput {}

    /** A magnet link, which may name a torrent or only a content. */
    record Link(Magnet magnet) implements TorrentInput {}

    /** Throws {@link UserError} for a file or link that is of no use; it says what is wrong with it. */
    static TorrentInput of(String argument, WireLimits limits) {
        return isLink(argument) ? new Link(link(argument, limits)) : new File(file(path(argument), limits));
    }

    /** Reads a torrent file; throws {@link UserError} as {@link #of}. */
    static Metainfo file(Path path, WireLimits limits) {
        Parsed<Metainfo> parsed = Metainfo.parse(bytes(path, limits.torrent().file()), limits);
        if (parsed instanceof Parsed.Valid<Metainfo> valid) {
            return valid.value();
        }
        throw unusable(((Parsed.Invalid<Metainfo>) parsed).reason(), path);
    }

    private static boolean isLink(String argument) {
        return argument.regionMatches(true, 0, "magnet:", 0, "magnet:".length());
    }

    private static Magnet link(String link, WireLimits limits) {
        Parsed<Magnet> parsed = Magnet.parse(link, limits);
        if (parsed instanceof Parsed.Valid<Magnet> valid) {
            return valid.value();
        }
        throw new UserError(UserError.Kind.BAD_INPUT, ((Parsed.Invalid<Magnet>) parsed).reason(), shortened(link));
    }

    private static Path path(String argument) {
        try {
            return Path.of(argument);
        } catch (InvalidPathException e) {
            throw new UserError(UserError.Kind.BAD_INPUT, "this is no torrent file and no magnet link", argument);
        }
    }

    /** One byte more than a torrent file may have is enough to see that it has too many. */
    private static Bytes bytes(Path path, int sizeMax) {
        if (Files.isDirectory(path)) {
            throw unusable("this is a folder and no torrent file", path);
        }
        try (InputStream in = Files.newInputStream(path)) {
            return Bytes.copyOf(in.readNBytes(sizeMax + 1));
        } catch (NoSuchFileException e) {
            throw unusable("there is no such torrent file", path);
        } catch (IOException e) {
            throw unusable("the torrent file cannot be read (" + e.getClass().getSimpleName() + ")", path);
        }
    }

    private static String shortened(String link) {
        return link.length() <= Output.COLUMNS ? link : link.substring(0, Output.COLUMNS) + "\u2026";
    }

    private static UserError unusable(String what, Path path) {
        return new UserError(UserError.Kind.BAD_INPUT, what, path.toString());
    }
}
