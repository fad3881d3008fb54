package dev.sidecarinjector.sidecarctl;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where results go: a stream, written as they come, or a file, which changes only when everything has succeeded. */
final class Output implements AutoCloseable {
    private static final int BUFFER = 1 << 16;

    private final OutputStream out;
    private final @Nullable PrintStream console;
    private final @Nullable Path target;
    private final @Nullable Path draft;

    private Output(OutputStream out, @Nullable PrintStream console, @Nullable Path target, @Nullable Path draft) {
        this.out = new BufferedOutputStream(out, BUFFER);
        this.console = console;
        this.target = target;
        this.draft = draft;
    }

    static Output open(@Nullable String name, PrintStream console, Environment environment) {
        if (name == null || name.isEmpty() || name.equals("-")) {
            return new Output(console, console, null, null);
        }
        try {
            Path named = environment.file(name).toAbsolutePath();
            // Behind a link the file changes, not the link.
            Path target = Files.exists(named) ? named.toRealPath() : named;
            if (Files.exists(target) && !Files.isRegularFile(target)) {
                return new Output(Files.newOutputStream(target), null, null, null);
            }
            Path draft = target.resolveSibling("." + target.getFileName() + "." + Long.toHexString(System.nanoTime()) + ".tmp");
            return new Output(Files.newOutputStream(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), null, target, draft);
        } catch (IOException e) {
            throw new CommandFailure("open " + name + ": " + Input.reason(e));
        }
    }

    void write(byte[] bytes) {
        try {
            out.write(bytes);
        } catch (IOException e) {
            throw failed(e);
        }
        checkReader();
    }

    /** Everything has succeeded: what was written counts now. */
    void commit() {
        try {
            out.flush();
            checkReader();
            if (target != null && draft != null) {
                out.close();
                keepMode(target, draft);
                Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private static void keepMode(Path target, Path draft) throws IOException {
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS) && Files.getFileStore(target).supportsFileAttributeView("posix")) {
            Set<PosixFilePermission> mode = Files.getPosixFilePermissions(target);
            Files.setPosixFilePermissions(draft, mode);
        }
    }

    private void checkReader() {
        if (console != null && console.checkError()) {
            throw new CommandFailure(ExitStatus.BROKEN_PIPE, "the output cannot be written");
        }
    }

    private CommandFailure failed(IOException e) {
        return new CommandFailure("write " + (target == null ? "the output" : target) + ": " + Input.reason(e));
    }

    /** Results on a stream stay; an unfinished file goes. */
    @Override
    public void close() {
        try {
            if (console != null) {
                out.flush();
            } else {
                out.close();
            }
            if (draft != null) {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }
}
