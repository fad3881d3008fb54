package dev.sidecarinjector.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One of the archives that {@code images/build} writes, unpacked: an OCI image layout.
 *
 * @param layout the files of the archive
 * @param root   the root file system, all layers one over the other
 */
record ImageArchive(Path layout, Path root) {
    private static final JsonMapper JSON = new JsonMapper();

    /**
     * Made unless it is there already.
     *
     * @param name   without registry and tag
     * @param folder where to unpack it
     */
    static ImageArchive of(String name, Path folder) throws IOException, InterruptedException {
        Script.run(Map.of(), "images/build");
        Path layout = Files.createDirectories(folder.resolve(name + "-layout"));
        Path root = Files.createDirectories(folder.resolve(name));
        run("tar", "-xf", Script.root().resolve("images/target/" + name + ".tar").toString(), "-C", layout.toString());
        ImageArchive archive = new ImageArchive(layout, root);
        for (JsonNode layer : archive.manifest().path("layers")) {
            run("tar", "-xzf", archive.blob(layer).toString(), "-C", root.toString());
        }
        return archive;
    }

    JsonNode index() throws IOException {
        return JSON.readTree(Files.readString(layout.resolve("index.json")));
    }

    JsonNode manifest() throws IOException {
        return JSON.readTree(Files.readString(blob(index().path("manifests").path(0))));
    }

    JsonNode configuration() throws IOException {
        return JSON.readTree(Files.readString(blob(manifest().path("config"))));
    }

    /** The file of a descriptor. */
    Path blob(JsonNode descriptor) {
        return layout.resolve("blobs").resolve(descriptor.path("digest").stringValue().replace(':', '/'));
    }

    /** The layers' entries as {@code tar} lists them, of each layer in its order: mode, owner, size, date, time, path. */
    List<List<String>> listings() throws IOException, InterruptedException {
        List<List<String>> listings = new ArrayList<>();
        for (JsonNode layer : manifest().path("layers")) {
            listings.add(run("tar", "--utc", "--full-time", "--numeric-owner", "-tvzf", blob(layer).toString()).lines().toList());
        }
        return listings;
    }

    /** The digest of a file as it is. */
    static String digest(Path file) throws IOException {
        return digest(Files.newInputStream(file));
    }

    /** The digest of a layer before it was compressed. */
    static String plainDigest(Path layer) throws IOException {
        return digest(new GZIPInputStream(Files.newInputStream(layer)));
    }

    private static String digest(InputStream content) throws IOException {
        try (DigestInputStream in = new DigestInputStream(content, MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(OutputStream.nullOutputStream());
            return "sha256:" + HexFormat.of().formatHex(in.getMessageDigest().digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a program of this machine prints; it must succeed. */
    static String run(String... command) throws IOException, InterruptedException {
        return Script.output(new ProcessBuilder(command));
    }
}
