package dev.sidecarinjector.sidecarctl.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidecarinjector.sidecarctl.Cluster;
import dev.sidecarinjector.sidecarctl.ClusterSettings;
import dev.sidecarinjector.sidecarctl.CommandFailure;
import io.fabric8.kubernetes.client.Config;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several kubeconfigs and kubectl's flags, as https://kubernetes.io/docs/concepts/configuration/organize-cluster-access-kubeconfig/ has them. */
class MergedKubeconfigTest {
    @TempDir
    Path folder;
    private Path home;
    private Path work;

    @BeforeEach
    void files() throws IOException {
        home = Files.writeString(Files.createDirectory(folder.resolve("home")).resolve("config"), """
                apiVersion: v1
                kind: Config
                contexts:
                - name: both
                  context: {cluster: shared, user: cook, namespace: bakery}
                clusters:
                - name: shared
                  cluster: {server: "https://home:1", certificate-authority: tls/ca.crt}
                users:
                - name: cook
                  user: {client-certificate: tls/cook.crt, client-key: /keys/cook.key}
                """);
        work = Files.writeString(Files.createDirectory(folder.resolve("work")).resolve("config"), """
                apiVersion: v1
                kind: Config
                current-context: both
                contexts:
                - name: both
                  context: {cluster: other, user: clerk, namespace: office}
                - name: mixed
                  context: {cluster: shared, user: clerk}
                clusters:
                - name: shared
                  cluster: {server: "https://work:1"}
                - name: other
                  cluster: {server: "https://other:1", certificate-authority: ca.crt}
                users:
                - name: clerk
                  user: {token: t0ken}
                """);
    }

    @Test
    void theFirstFileWinsAndTheNextOnesAddWhatItLacks() {
        Config both = client(null, null, null, null, home, work);
        assertThat(both.getMasterUrl()).startsWith("https://home:1");
        assertThat(both.getNamespace()).isEqualTo("bakery");
        Config mixed = client("mixed", null, null, null, home, work);
        assertThat(mixed.getMasterUrl()).startsWith("https://home:1");
        assertThat(mixed.getAutoOAuthToken()).isEqualTo("t0ken");
        assertThat(client(null, null, null, null, work, home).getNamespace()).isEqualTo("office");
    }

    @Test
    void pathsAreRelativeToTheFileThatNamesThem() {
        Config both = client(null, null, null, null, home, work);
        assertThat(both.getCaCertFile()).isEqualTo(folder.resolve("home/tls/ca.crt").toString());
        assertThat(both.getClientCertFile()).isEqualTo(folder.resolve("home/tls/cook.crt").toString());
        assertThat(both.getClientKeyFile()).isEqualTo("/keys/cook.key");
        assertThat(client(null, "other", null, null, home, work).getCaCertFile()).isEqualTo(folder.resolve("work/ca.crt").toString());
    }

    @Test
    void flagsReplacePartsOfTheContext() {
        Config chosen = client(null, "other", "clerk", "auditor", home, work);
        assertThat(chosen.getMasterUrl()).startsWith("https://other:1");
        assertThat(chosen.getAutoOAuthToken()).isEqualTo("t0ken");
        assertThat(chosen.getClientCertFile()).isNull();
        assertThat(chosen.getNamespace()).isEqualTo("bakery");
        assertThat(chosen.getImpersonateUsername()).isEqualTo("auditor");
    }

    @Test
    void aTokenMayBeInAFileOfItsOwn() throws IOException {
        Files.writeString(work, Files.readString(work).replace("{token: t0ken}", "{token: t0ken, tokenFile: keys/token}"));
        assertThatThrownBy(() -> client("mixed", null, null, null, home, work)).isInstanceOf(CommandFailure.class)
                .hasMessageContaining("\"clerk\"").hasMessageContaining(folder.resolve("work/keys/token").toString());
        assertThat(client(null, null, null, null, home, work).getNamespace()).as("of a user who is not asked for").isEqualTo("bakery");
        Files.writeString(Files.createDirectory(folder.resolve("work/keys")).resolve("token"), "fresh\n");
        assertThat(client("mixed", null, null, null, home, work)).returns("fresh", Config::getOauthToken);
    }

    @Test
    void whatIsNamedAndMissingIsAnErrorThatNamesWhatThereIs() {
        assertThatThrownBy(() -> client("cellar", null, null, null, home, work)).isInstanceOf(CommandFailure.class)
                .hasMessageContaining("no context \"cellar\"").hasMessageContaining("both, mixed");
        assertThatThrownBy(() -> client(null, null, null, null, home)).hasMessageContaining("no current context")
                .hasMessageContaining("both");
        assertThatThrownBy(() -> client(null, "cellar", null, null, home, work)).hasMessageContaining("no cluster \"cellar\"");
        assertThatThrownBy(() -> client(null, null, "cellar", null, home, work)).hasMessageContaining("no user \"cellar\"");
    }

    @Test
    void aFileThatIsNoKubeconfigIsNamed() throws IOException {
        Path broken = Files.writeString(folder.resolve("broken"), "contexts: {");
        assertThatThrownBy(() -> client(null, null, null, null, home, broken)).isInstanceOf(CommandFailure.class)
                .hasMessageContaining(broken.toString());
    }

    @Test
    void theVariableListsFilesOfWhichSomeMayBeMissing() throws IOException {
        // A client would look for these.
        for (Path file : List.of(home, work)) {
            Files.writeString(file, Files.readString(file).replaceAll("certificate-authority: [^}]*", "insecure-skip-tls-verify: true")
                    .replaceAll("client-certificate: .*}", "token: x}"));
        }
        Map<String, String> listed = Map.of("KUBECONFIG", String.join(File.pathSeparator, folder.resolve("missing").toString(), "",
                home.toString(), work.toString()), "HOME", folder.toString());
        assertThat(namespace(null, listed)).isEqualTo("bakery");
        assertThat(namespace(work, listed)).as("the flag wins").isEqualTo("office");
        assertThat(new Kubeconfig().connect(settings(null, null, null, null, null, Map.of("KUBECONFIG", folder + "/missing")))).isNull();
        assertThatThrownBy(() -> namespace(folder.resolve("missing"), listed)).isInstanceOf(CommandFailure.class)
                .hasMessageContaining("missing cannot be read");
    }

    private static String namespace(@Nullable Path flag, Map<String, String> variables) {
        try (Cluster cluster = new Kubeconfig().connect(settings(flag, null, null, null, null, variables))) {
            assertThat(cluster).isNotNull();
            return cluster.namespace();
        }
    }

    private static Config client(@Nullable String context, @Nullable String cluster, @Nullable String user, @Nullable String as,
            Path... files) {
        return new MergedKubeconfig(List.of(files)).client(settings(null, context, cluster, user, as, Map.of()));
    }

    private static ClusterSettings settings(@Nullable Path kubeconfig, @Nullable String context, @Nullable String cluster,
            @Nullable String user, @Nullable String as, Map<String, String> variables) {
        return new ClusterSettings(kubeconfig, context, cluster, user, as, "mesh", null, variables);
    }
}
