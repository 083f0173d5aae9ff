package praline.cli.control;

import com.google.common.io.BaseEncoding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Optional;
import praline.protocol.UserError;

/**
 * The secret that a request must bring: 256 random bits in a file that only its owner can read, made at the first start
 * (spec/hardening.md A2). There is no password and no default.
 */
public final class ControlToken {

    /** Its file in a state folder. */
    public static final String FILE_NAME = "token";

    private static final int SIZE = 32;

    private final byte[] token;

    private ControlToken(String token) {
        this.token = token.getBytes(StandardCharsets.US_ASCII);
    }

    /** The token of {@code stateFolder}, made when there is none. */
    public static ControlToken of(Path stateFolder) {
        try {
            Optional<String> known = read(stateFolder);
            return new ControlToken(known.isPresent() ? known.get() : create(stateFolder));
        } catch (IOException e) {
            throw new UserError(
                    UserError.Kind.FAILED,
                    "the token of the control API cannot be written ("
                            + e.getClass().getSimpleName() + ")",
                    stateFolder.resolve(FILE_NAME).toString());
        }
    }

    /** The token that a node or cluster keeps in {@code stateFolder}; empty when there is none. */
    public static Optional<String> read(Path stateFolder) throws IOException {
        Path file = stateFolder.resolve(FILE_NAME);
        if (!Files.isReadable(file)) {
            return Optional.empty();
        }
        String text = Files.readString(file, StandardCharsets.US_ASCII).strip();
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    /** Whether {@code authorization}, a header's value, brings this token. Takes equally long for every wrong one. */
    boolean isIn(String authorization) {
        String scheme = "Bearer ";
        return authorization.startsWith(scheme)
                && MessageDigest.isEqual(
                        token, authorization.substring(scheme.length()).getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The header's value that brings {@code token}. */
    static String authorization(String token) {
        return "Bearer " + token;
    }

    /** Nobody else could read it at any moment: the file has its rights before it has its name. */
    private static String create(Path stateFolder) throws IOException {
        byte[] secret = new byte[SIZE];
        new SecureRandom().nextBytes(secret);
        String token = BaseEncoding.base64Url().omitPadding().encode(secret);
        Path unnamed = Files.createTempFile(
                stateFolder,
                ".token-",
                "",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(unnamed, token + "\n", StandardCharsets.US_ASCII);
        try {
            Files.move(unnamed, stateFolder.resolve(FILE_NAME), StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException e) {
            Files.delete(unnamed);
            throw e;
        }
        return token;
    }
}
