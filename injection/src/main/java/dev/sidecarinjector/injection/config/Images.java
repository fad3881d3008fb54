package dev.sidecarinjector.injection.config;

import dev.sidecarinjector.gotemplate.Origin;
import dev.sidecarinjector.gotemplate.OriginText;
import org.jspecify.annotations.Nullable;

/** The images of the proxy and of its init container (spec section 7.3): {@code <hub>/<name>:<tag>}. */
public final class Images {
    private static final Origin ANNOTATION = new Origin("annotation \"sidecar.istio.io/proxyImageType\"");

    private Images() {}

    /**
     * The proxy's image as templates see it.
     *
     * @param imageType the annotation {@code sidecar.istio.io/proxyImageType}, which counts even when empty; null where the pod has none
     * @return a String, or an OriginText where an annotation of the pod shaped it
     */
    public static Object proxy(Values values, ProxyConfig config, @Nullable String imageType) {
        String own = config.imageType();
        String type = imageType != null ? imageType : own.isEmpty() ? values.text("global", "variant") : own;
        Origin origin = imageType != null ? ANNOTATION : own.isEmpty() ? null : config.origin();
        return text(image(values, "proxy", type), origin);
    }

    /** The init container's image; the proxy config has no say in it. */
    public static Object proxyInit(Values values, @Nullable String imageType) {
        String type = imageType != null ? imageType : values.text("global", "variant");
        return text(image(values, "proxy_init", type), imageType != null ? ANNOTATION : null);
    }

    private static String image(Values values, String section, String type) {
        String name = values.text("global", section, "image");
        String tag = values.text("global", "tag");
        return values.text("global", "hub") + "/" + (name.isEmpty() ? "proxyv2" : name) + ":" + tagged(tag, type);
    }

    /** A tag of another type: the type that it names now is replaced. */
    private static String tagged(String tag, String type) {
        if (type.isEmpty()) {
            return tag;
        }
        String bare = tag.endsWith("-distroless") || tag.endsWith("-debug") ? tag.substring(0, tag.lastIndexOf('-')) : tag;
        return type.equals("default") ? bare : bare + "-" + type;
    }

    private static Object text(String image, @Nullable Origin origin) {
        return origin == null ? image : new OriginText(image, origin);
    }
}
