package dev.sidecarinjector.sidecarctl.cluster;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;

/** The port of a pod that stands behind a service's port. */
final class TargetPort {
    private TargetPort() {}

    static int of(Service service, int port, Pod pod) {
        for (ServicePort each : service.getSpec().getPorts()) {
            if (each.getPort() == port) {
                return of(each.getTargetPort(), port, pod);
            }
        }
        return port;
    }

    private static int of(IntOrString target, int port, Pod pod) {
        if (target == null || target.getIntVal() != null) {
            return target == null ? port : target.getIntVal();
        }
        for (Container container : pod.getSpec().getContainers()) {
            for (ContainerPort each : container.getPorts()) {
                if (target.getStrVal().equals(each.getName())) {
                    return each.getContainerPort();
                }
            }
        }
        return port;
    }
}
