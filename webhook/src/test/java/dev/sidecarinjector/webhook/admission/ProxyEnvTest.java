package dev.sidecarinjector.webhook.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Variables in the URL (spec section 14). */
class ProxyEnvTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/inject", "/inject/", "/inject/:ENV:", "/inject/:ENV:=v", "/inject/:ENV:name"})
    void nothingIsGiven(String path) {
        assertThat(ProxyEnv.of(path).variables()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', value = {"/inject/cluster/east, ISTIO_META_CLUSTER_ID, east",
            "/inject/net/blue/, ISTIO_META_NETWORK, blue",
            "/inject/my_key/a--slash--b, MY_KEY, a/b", "/inject/Key/, \"\", \"\"", "/inject/key//, KEY, \"\"",
            "/inject/:ENV:cluster=east, ISTIO_META_CLUSTER_ID, east",
            "/inject/:ENV:k=, K, \"\"", "/inject/:ENV:k=a=b, K, a=b", "/inject/:ENV:k=a--slash--b, K, a--slash--b",
            "/inject/:ENV:k=/a/b, K, /a/b",
            "/inject/:ENV:k=/a/, K, /a"})
    void onePairIsGiven(String path, String name, String value) {
        assertThat(ProxyEnv.of(path).variables()).isEqualTo(name.isEmpty() ? Map.of() : Map.of(name, value));
    }

    @Test
    void severalPairsKeepTheirOrder() {
        assertThat(ProxyEnv.of("/inject/z/1/cluster/c/a/2").variables().keySet()).containsExactly("Z", "ISTIO_META_CLUSTER_ID", "A");
        assertThat(ProxyEnv.of("/inject/:ENV:z=1:ENV:bad:ENV:=x:ENV:net=n").variables().keySet()).containsExactly("Z",
                "ISTIO_META_NETWORK");
    }

    @Test
    void aLastKeyWithoutValueIsNamed() {
        ProxyEnv read = ProxyEnv.of("/inject/cluster/east/net");
        assertThat(read.variables()).containsOnlyKeys("ISTIO_META_CLUSTER_ID");
        assertThat(read.leftOver()).isEqualTo("net");
        assertThat(ProxyEnv.of("/inject/cluster/east").leftOver()).isNull();
    }

    @Test
    void theSeparatorOfTheOldFormIsAValueElsewhere() {
        assertThat(ProxyEnv.of("/inject/key/:ENV:a=b").variables()).isEqualTo(Map.of("KEY", ":ENV:a=b"));
    }
}
