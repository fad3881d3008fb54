package dev.sidecarinjector.sidecarctl.cluster;

import dev.sidecarinjector.sidecarctl.ClusterSettings;
import dev.sidecarinjector.sidecarctl.CommandFailure;
import io.fabric8.kubernetes.api.model.Config;
import io.fabric8.kubernetes.api.model.ConfigBuilder;
import io.fabric8.kubernetes.api.model.Context;
import io.fabric8.kubernetes.api.model.ContextBuilder;
import io.fabric8.kubernetes.api.model.NamedAuthInfo;
import io.fabric8.kubernetes.api.model.NamedCluster;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.internal.KubeConfigUtils;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What kubectl makes of several kubeconfigs and its flags: of what two files define the first one wins, the current context included, and a path in
 * a file is relative to it. The client's own reader takes another context where the wanted one is missing, and knows of no flags.
 */
final class MergedKubeconfig {
    private final Map<String, NamedContext> contexts = new LinkedHashMap<>();
    private final Map<String, NamedCluster> clusters = new LinkedHashMap<>();
    private final Map<String, NamedAuthInfo> users = new LinkedHashMap<>();
    private final List<Path> files;
    private String current = "";

    /** Reads files, of which each must be there. */
    MergedKubeconfig(List<Path> files) {
        this.files = files;
        for (Path file : files) {
            Config read = read(file);
            read.getContexts().forEach(each -> contexts.putIfAbsent(each.getName(), each));
            read.getClusters().forEach(each -> clusters.putIfAbsent(each.getName(), each));
            read.getUsers().forEach(each -> users.putIfAbsent(each.getName(), withWholePath(each, file)));
            if (current.isEmpty() && read.getCurrentContext() != null) {
                current = read.getCurrentContext();
            }
        }
    }

    /** Of a file with a token the client's reader knows nothing. */
    private static NamedAuthInfo withWholePath(NamedAuthInfo user, Path file) {
        if (user.getUser() != null && user.getUser().getTokenFile() != null) {
            user.getUser().setTokenFile(file.toAbsolutePath().resolveSibling(user.getUser().getTokenFile()).toString());
        }
        return user;
    }

    private static Config read(Path file) {
        try {
            Config read = KubeConfigUtils.parseConfig(file.toFile());
            return read == null ? new Config() : read;
        } catch (RuntimeException e) {
            throw new CommandFailure("the kubeconfig " + file + " cannot be used: " + e.getMessage());
        }
    }

    /** The client's settings for what was chosen. */
    io.fabric8.kubernetes.client.Config client(ClusterSettings settings) {
        String name = settings.context() != null ? settings.context() : current;
        NamedContext found = contexts.get(name);
        if (found == null && !name.isEmpty()) {
            throw missing("context", name, contexts);
        }
        ContextBuilder chosen = found == null || found.getContext() == null
                ? new ContextBuilder()
                : new ContextBuilder(found.getContext());
        if (settings.cluster() != null) {
            chosen.withCluster(settings.cluster());
        }
        if (settings.user() != null) {
            chosen.withUser(settings.user());
        }
        Context context = chosen.build();
        require("cluster", context.getCluster(), clusters);
        if (context.getUser() != null && !context.getUser().isEmpty()) {
            require("user", context.getUser(), users);
        }
        return client(context, settings.impersonated());
    }

    private io.fabric8.kubernetes.client.Config client(Context context, @Nullable String impersonated) {
        Config merged = new ConfigBuilder().addNewContext().withName("chosen").withContext(context).endContext()
                .withCurrentContext("chosen")
                .withClusters(List.copyOf(clusters.values())).withUsers(List.copyOf(users.values())).build();
        io.fabric8.kubernetes.client.Config client = io.fabric8.kubernetes.client.Config.empty();
        KubeConfigUtils.merge(client, "chosen", merged);
        NamedAuthInfo user = users.get(context.getUser());
        if (user != null && user.getUser() != null && user.getUser().getTokenFile() != null) {
            client.setOauthToken(token(Path.of(user.getUser().getTokenFile()), user.getName()));
        }
        if (impersonated != null) {
            client.setImpersonateUsername(impersonated);
        }
        return client;
    }

    /** Wins over a token in the kubeconfig itself, as with kubectl. */
    private static String token(Path file, String user) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new CommandFailure("the token of the user \"" + user + "\" cannot be read: " + e);
        }
    }

    private void require(String what, @Nullable String name, Map<String, ?> known) {
        if (name == null || name.isEmpty()) {
            throw new CommandFailure("the kubeconfig " + names() + " has no current context; name one with --context (there "
                    + (contexts.isEmpty() ? "is none)" : "are " + String.join(", ", contexts.keySet()) + ")"));
        }
        if (!known.containsKey(name)) {
            throw missing(what, name, known);
        }
    }

    private CommandFailure missing(String what, String name, Map<String, ?> known) {
        return new CommandFailure("the kubeconfig " + names() + " has no " + what + " \"" + name + "\"; it has "
                + (known.isEmpty() ? "none" : String.join(", ", known.keySet())));
    }

    private String names() {
        return String.join(", ", files.stream().map(Path::toString).toList());
    }
}
