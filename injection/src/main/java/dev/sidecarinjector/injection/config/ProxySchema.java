package dev.sidecarinjector.injection.config;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The messages behind the mesh and proxy settings, as tables of fields in the order of their declaration (spec section 8.1): {@code name type
 * [oneof]}, where {@code []} marks a list, {@code map:} a map from text, {@code ?} a wrapper that can tell unset from zero, {@code enum:} an
 * enum, and a capitalised type another message. A table is parsed when it is first needed.
 */
final class ProxySchema {
    private static final Map<String, ProtoType> TYPES = new ConcurrentHashMap<>();
    private static final Map<String, ProtoEnum> ENUMS = new ConcurrentHashMap<>();

    private ProxySchema() {}

    static ProtoType type(String name) {
        ProtoType known = TYPES.get(name);
        if (known == null) {
            String table = fields(name);
            boolean open = table.startsWith("open\n");
            known = ProtoType.parse(name, open, open ? table.substring(5) : table);
            TYPES.put(name, known);
        }
        return known;
    }

    static ProtoEnum enumeration(String name) {
        return ENUMS.computeIfAbsent(name, key -> ProtoEnum.parse(key, values(key)));
    }

    private static String fields(String type) {
        return switch (type) {
            case "ProxyConfig" -> PROXY_CONFIG;
            case "MeshConfig" -> MESH_CONFIG;
            case "Tracing", "Zipkin", "Lightstep", "Datadog", "Stackdriver", "OpenCensusAgent", "CustomTag", "Literal",
                    "Environment", "RequestHeader" ->
                tracing(type);
            case "ProxyHeaders", "SetCurrentClientCertDetails", "Switch", "Server", "Enabled", "MetadataExchangeHeaders" -> headers(
                    type);
            case "SDS" -> "enabled bool\nk8sSaJwtPath string";
            case "Topology" -> """
                    numTrustedProxies uint32
                    forwardClientCertDetails enum:ForwardClientCertDetails
                    proxyProtocol any""";
            case "RemoteService" -> "address string\ntlsSettings ClientTLSSettings\ntcpKeepalive TcpKeepalive";
            case "TcpKeepalive" -> "probes uint32\ntime duration\ninterval duration";
            case "ClientTLSSettings" -> """
                    mode enum:TLSmode
                    clientCertificate string
                    privateKey string
                    caCertificates string
                    credentialName string
                    subjectAltNames string[]
                    sni string
                    insecureSkipVerify bool?
                    caCrl string""";
            case "ProxyStatsMatcher" -> "inclusionPrefixes string[]\ninclusionSuffixes string[]\ninclusionRegexps string[]";
            case "ProxyImage" -> "imageType string";
            case "PrivateKeyProvider" -> "cryptomb KeyProvider provider\nqat KeyProvider provider";
            case "KeyProvider" -> "pollDelay duration\nfallback bool?";
            case "ReadinessProbe" -> """
                    timeoutSeconds int32
                    initialDelaySeconds int32
                    periodSeconds int32
                    successThreshold int32
                    failureThreshold int32
                    httpGet any healthCheckMethod
                    tcpSocket any healthCheckMethod
                    exec any healthCheckMethod
                    grpc any healthCheckMethod""";
            // Young and growing: what is not listed is kept as it is.
            case "ConnectionSettings" -> """
                    open
                    profile any
                    httpIdleTimeout duration
                    httpRequestTimeout duration
                    httpStreamIdleTimeout duration
                    httpRequestHeadersTimeout duration""";
            case "InboundTrafficPolicy" -> "mode enum:InboundTrafficMode";
            case "DefaultProviders" -> "tracing string[]\nmetrics string[]\naccessLogging string[]";
            default -> throw new IllegalArgumentException("no table for the message " + type);
        };
    }

    private static String tracing(String type) {
        return switch (type) {
            case "Tracing" -> """
                    zipkin Zipkin tracer
                    lightstep Lightstep tracer
                    datadog Datadog tracer
                    stackdriver Stackdriver tracer
                    openCensusAgent OpenCensusAgent tracer
                    customTags map:CustomTag
                    maxPathTagLength uint32
                    sampling double
                    tlsSettings ClientTLSSettings""";
            case "Lightstep" -> "address string\naccessToken string";
            case "Stackdriver" -> """
                    debug bool
                    maxNumberOfAttributes int64?
                    maxNumberOfAnnotations int64?
                    maxNumberOfMessageEvents int64?""";
            case "OpenCensusAgent" -> "address string\ncontext enum:TraceContext[]";
            case "CustomTag" -> "literal Literal type\nenvironment Environment type\nheader RequestHeader type";
            case "Literal" -> "value string";
            case "Environment", "RequestHeader" -> "name string\ndefaultValue string";
            default -> "address string";
        };
    }

    private static String headers(String type) {
        return switch (type) {
            case "ProxyHeaders" -> """
                    forwardedClientCert enum:ForwardClientCertDetails
                    setCurrentClientCertDetails SetCurrentClientCertDetails
                    requestId Switch
                    server Server
                    attemptCount Switch
                    envoyDebugHeaders Switch
                    metadataExchangeHeaders MetadataExchangeHeaders
                    preserveHttp1HeaderCase bool?
                    xForwardedHost Enabled
                    xForwardedPort Enabled""";
            case "SetCurrentClientCertDetails" -> "subject bool?\ncert bool?\nchain bool?\ndns bool?\nuri bool?";
            case "Server" -> "disabled bool?\nvalue string";
            case "Enabled" -> "enabled bool?";
            case "MetadataExchangeHeaders" -> "mode enum:MetadataExchangeMode";
            default -> "disabled bool?";
        };
    }

    private static String values(String enumeration) {
        return switch (enumeration) {
            case "AuthenticationPolicy" -> "NONE MUTUAL_TLS INHERIT=1000";
            case "TracingServiceName" -> "APP_LABEL_AND_NAMESPACE CANONICAL_NAME_ONLY CANONICAL_NAME_AND_NAMESPACE";
            case "InboundInterceptionMode" -> "REDIRECT TPROXY NONE";
            case "ForwardClientCertDetails" ->
                "UNDEFINED SANITIZE FORWARD_ONLY APPEND_FORWARD SANITIZE_SET ALWAYS_FORWARD_ONLY";
            case "MetadataExchangeMode" -> "UNDEFINED IN_MESH";
            case "TraceContext" -> "UNSPECIFIED W3C_TRACE_CONTEXT GRPC_BIN CLOUD_TRACE_CONTEXT B3";
            case "TLSmode" -> "DISABLE SIMPLE MUTUAL ISTIO_MUTUAL";
            case "InboundTrafficMode" -> "PASSTHROUGH LOCALHOST";
            case "IngressControllerMode" -> "UNSPECIFIED OFF DEFAULT STRICT";
            case "AccessLogEncoding" -> "TEXT JSON";
            case "H2UpgradePolicy" -> "DO_NOT_UPGRADE UPGRADE";
            default -> throw new IllegalArgumentException("no table for the enum " + enumeration);
        };
    }

    private static final String PROXY_CONFIG = """
            configPath string
            binaryPath string
            serviceCluster string clusterName
            tracingServiceName enum:TracingServiceName clusterName
            drainDuration duration
            discoveryAddress string
            discoveryRefreshDelay duration
            zipkinAddress string
            statsdUdpAddress string
            envoyMetricsServiceAddress string
            proxyAdminPort int32
            availabilityZone string
            controlPlaneAuthPolicy enum:AuthenticationPolicy
            customConfigFile string
            statNameLength int32
            concurrency int32?
            proxyBootstrapTemplatePath string
            interceptionMode enum:InboundInterceptionMode
            tracing Tracing
            sds SDS
            envoyAccessLogService RemoteService
            envoyMetricsService RemoteService
            proxyMetadata map:string
            runtimeValues map:string
            statusPort int32
            extraStatTags string[]
            gatewayTopology Topology
            terminationDrainDuration duration
            meshId string
            readinessProbe ReadinessProbe
            proxyStatsMatcher ProxyStatsMatcher
            holdApplicationUntilProxyStarts bool?
            caCertificatesPem string[]
            image ProxyImage
            privateKeyProvider PrivateKeyProvider
            proxyHeaders ProxyHeaders
            fileFlushInterval duration
            fileFlushMinSizeKb uint32?
            statsCompression bool?
            connectionSettings ConnectionSettings
            """;

    private static final String MESH_CONFIG = """
            proxyListenPort int32
            proxyInboundListenPort int32
            proxyHttpPort int32
            connectTimeout duration
            protocolDetectionTimeout duration
            tcpKeepalive TcpKeepalive
            ingressClass string
            ingressService string
            ingressControllerMode enum:IngressControllerMode
            ingressSelector string
            enableTracing bool
            accessLogFile string
            accessLogFormat string
            accessLogEncoding enum:AccessLogEncoding
            enableEnvoyAccessLogService bool
            disableEnvoyListenerLog bool
            defaultConfig ProxyConfig
            outboundTrafficPolicy any
            inboundTrafficPolicy InboundTrafficPolicy
            configSources any[]
            enableAutoMtls bool?
            trustDomain string
            trustDomainAliases string[]
            caCertificates any[]
            defaultServiceExportTo string[]
            defaultVirtualServiceExportTo string[]
            defaultDestinationRuleExportTo string[]
            rootNamespace string
            localityLbSetting any
            dnsRefreshRate duration
            h2UpgradePolicy enum:H2UpgradePolicy
            outboundClusterStatName string
            inboundClusterStatName string
            certificates any[]
            serviceSettings any[]
            enablePrometheusMerge bool?
            verifyCertificateAtClient bool?
            extensionProviders any[]
            defaultProviders DefaultProviders
            discoverySelectors any[]
            pathNormalization any
            defaultHttpRetryPolicy any
            meshMTLS any
            tlsDefaults any
            hboneIdleTimeout duration
            serviceScopeConfigs any[]
            """;
}
