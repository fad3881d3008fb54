package dev.sidecarinjector.injection.transform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class InjectedNamesTest {
    private final InjectedNames names = new InjectedNames();

    @Test
    void oneTemplateGivesItsNamesInItsOrder() {
        add("{spec: {containers: [{name: 'b'}, {name: 'a'}], initContainers: [{name: 'i'}], volumes: [{name: 'v'}], imagePullSecrets: [{name: 's'}]}}");
        assertThat(names.containers()).containsExactly("b", "a");
        assertThat(names.initContainers()).containsExactly("i");
        assertThat(names.volumes()).containsExactly("v");
        assertThat(names.imagePullSecrets()).containsExactly("s");
    }

    @Test
    void aSecondTemplatePutsWhatIsNewInFront() {
        volumes("'a', 'b'");
        volumes("'c'");
        assertThat(names.volumes()).containsExactly("c", "a", "b");
    }

    @Test
    void whatBothTemplatesNameKeepsItsPlaceAmongTheRest() {
        volumes("'a', 'b', 'c'");
        volumes("'x', 'c', 'y'");
        // x is new and goes first; a and b stood before c; y is new and behind c.
        assertThat(names.volumes()).containsExactly("x", "a", "b", "c", "y");
    }

    @Test
    void theSameTemplateTwiceChangesNothing() {
        volumes("'a', 'b'");
        volumes("'a', 'b'");
        assertThat(names.volumes()).containsExactly("a", "b");
    }

    @Test
    void theOrderOfTheLaterTemplateCounts() {
        volumes("'a', 'b'");
        volumes("'b', 'a'");
        assertThat(names.volumes()).containsExactly("b", "a");
    }

    @Test
    void directivesRemoveAndReplace() {
        volumes("'a', 'b', 'c'");
        add("{spec: {volumes: [{name: 'b', $patch: 'delete'}]}}");
        assertThat(names.volumes()).containsExactly("a", "c");
        add("{spec: {volumes: [{$patch: 'replace'}, {name: 'z'}]}}");
        assertThat(names.volumes()).containsExactly("z");
        add("{spec: {volumes: null}}");
        assertThat(names.volumes()).isEmpty();
    }

    @Test
    void aTemplateWithoutASpecBringsNothing() {
        add("{metadata: {labels: {a: 'b'}}}");
        assertThat(List.of(names.containers(), names.initContainers(), names.volumes(), names.imagePullSecrets())).allMatch(List::isEmpty);
    }

    private void volumes(String quoted) {
        add("{spec: {volumes: [" + quoted.replaceAll("'(\\w)'", "{name: '$1'}") + "]}}");
    }

    private void add(String overlay) {
        names.add(Drafts.json(overlay));
    }
}
