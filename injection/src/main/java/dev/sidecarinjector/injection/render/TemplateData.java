package dev.sidecarinjector.injection.render;

import dev.sidecarinjector.gotemplate.GoStruct;
import dev.sidecarinjector.gotemplate.Origin;
import dev.sidecarinjector.gotemplate.OriginText;
import dev.sidecarinjector.injection.Owner;
import org.jspecify.annotations.Nullable;

/**
 * What templates see as dot (spec section 7); built once per pod, the same for all of its templates.
 *
 * @param owner            the workload; its texts are the pod author's
 * @param proxyImage       String, or OriginText where an annotation shaped it
 * @param proxyInitImage   the same
 */
public record TemplateData(Owner owner, GoStruct objectMeta, GoStruct spec, GoStruct proxyConfig, GoStruct meshConfig,
        @Nullable Object values, String revision, boolean nativeSidecars, Object proxyImage, Object proxyInitImage, long proxyUid,
        long proxyGid, String inboundTrafficPolicyMode, String compliancePolicy) implements GoStruct {
    private static final Origin OWNER = new Origin("the name or owner of the pod");

    @Override
    public @Nullable Object member(String name) {
        return switch (name) {
            case "TypeMeta" -> new TypeMeta(owner);
            case "DeploymentMeta" -> new DeploymentMeta(owner);
            case "ObjectMeta" -> objectMeta;
            case "Spec" -> spec;
            case "ProxyConfig" -> proxyConfig;
            case "MeshConfig" -> meshConfig;
            case "Values" -> values;
            case "Revision" -> revision;
            case "NativeSidecars" -> nativeSidecars;
            case "ProxyImage" -> proxyImage;
            case "ProxyInitImage" -> proxyInitImage;
            case "ProxyUID" -> proxyUid;
            case "ProxyGID" -> proxyGid;
            case "InboundTrafficPolicyMode" -> inboundTrafficPolicyMode;
            case "CompliancePolicy" -> compliancePolicy;
            default -> NO_SUCH_MEMBER;
        };
    }

    @Override
    public String goType() {
        return "inject.SidecarTemplateData";
    }

    private static Object text(String value) {
        return value.isEmpty() ? "" : new OriginText(value, OWNER);
    }

    private record TypeMeta(Owner owner) implements GoStruct {
        @Override
        public @Nullable Object member(String name) {
            return switch (name) {
                case "Kind" -> text(owner.kind());
                case "APIVersion" -> text(owner.apiVersion());
                default -> NO_SUCH_MEMBER;
            };
        }

        @Override
        public String goType() {
            return "v1.TypeMeta";
        }
    }

    private record DeploymentMeta(Owner owner) implements GoStruct {
        @Override
        public @Nullable Object member(String name) {
            return switch (name) {
                case "Name" -> text(owner.name());
                case "Namespace" -> text(owner.namespace());
                default -> NO_SUCH_MEMBER;
            };
        }

        @Override
        public String goType() {
            return "types.NamespacedName";
        }
    }
}
