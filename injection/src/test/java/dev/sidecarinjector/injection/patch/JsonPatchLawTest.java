package dev.sidecarinjector.injection.patch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.fixtures.RandomPods;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A patch applied to the old tree gives the new one, whoever applies it. */
class JsonPatchLawTest {
    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void tenThousandEditedPodsComeOutOfTheirPatches() {
        List<ObjectNode> pods = RandomPods.seeded(21, 500);
        Random random = new Random(22);
        for (int i = 0; i < 10_000; i++) {
            ObjectNode before = pods.get(i % pods.size());
            check(before, RandomEdits.edited(before, random));
        }
    }

    @Test
    void anyPodComesOutOfAnyOther() {
        List<ObjectNode> pods = RandomPods.seeded(23, 400);
        for (int i = 1; i < pods.size(); i++) {
            check(pods.get(i - 1), pods.get(i));
        }
    }

    private static void check(JsonNode before, JsonNode after) {
        JsonPatch patch = JsonPatch.diff(before, after);
        assertThat(patch.apply(before)).isEqualTo(after);
        JsonNode text = JSON.readTree(patch.toBytes());
        assertThat(io.fabric8.zjsonpatch.JsonPatch.apply(text, before.deepCopy())).isEqualTo(after);
        assertThat(patch.isEmpty()).isEqualTo(before.equals(after));
    }
}
