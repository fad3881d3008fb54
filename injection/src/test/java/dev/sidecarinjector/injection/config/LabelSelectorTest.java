package dev.sidecarinjector.injection.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidecarinjector.fixtures.YamlTrees;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelSelectorTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{matchLabels: {a: b}}|{a: b, c: d}|true", "{matchLabels: {a: b}}|{a: c}|false",
            "{matchLabels: {a: b, c: d}}|{a: b}|false", "{matchLabels: {a: ''}}|{a: ''}|true", "{matchLabels: {a: ''}}|{}|false",
            "{matchExpressions: [{key: a, operator: In, values: [x, y]}]}|{a: y}|true",
            "{matchExpressions: [{key: a, operator: In, values: [x]}]}|{}|false",
            "{matchExpressions: [{key: a, operator: NotIn, values: [x]}]}|{a: y}|true",
            "{matchExpressions: [{key: a, operator: NotIn, values: [x]}]}|{}|true",
            "{matchExpressions: [{key: a, operator: NotIn, values: [x]}]}|{a: x}|false",
            "{matchExpressions: [{key: a, operator: Exists}]}|{a: ''}|true",
            "{matchExpressions: [{key: a, operator: Exists}]}|{b: ''}|false",
            "{matchExpressions: [{key: a, operator: DoesNotExist}]}|{b: ''}|true",
            "{matchExpressions: [{key: a, operator: DoesNotExist}]}|{a: ''}|false",
            "{matchLabels: {a: b}, matchExpressions: [{key: c, operator: Exists}]}|{a: b}|false",
            "{}|{a: b}|false", "{matchLabels: {}, matchExpressions: []}|{}|false", "{matchLabels: {x.y/z-1: v_2.3}}|{x.y/z-1: v_2.3}|true"})
    void selectsByAllOfItsRequirements(String selector, String labels, boolean matches) {
        assertThat(LabelSelector.parse(YamlTrees.read(selector)).matches(YamlTrees.read(labels))).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"just text", "{matchExpressions: [{key: a, operator: in, values: [x]}]}",
            "{matchExpressions: [{key: a, operator: In}]}",
            "{matchExpressions: [{key: a, operator: Exists, values: [x]}]}", "{matchExpressions: [{operator: Exists}]}",
            "{matchLabels: {'-a': b}}",
            "{matchLabels: {a: 'b c'}}", "{matchLabels: {a: [b]}}",
            "{matchLabels: {a: b2345678901234567890123456789012345678901234567890123456789012345}}"})
    void whatIsNoSelectorIsRefused(String selector) {
        assertThatThrownBy(() -> LabelSelector.parse(YamlTrees.read(selector))).isInstanceOf(ConfigurationException.class);
    }
}
