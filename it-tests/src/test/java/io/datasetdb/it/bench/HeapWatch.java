// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.it.bench;

import com.sun.management.GarbageCollectionNotificationInfo;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import javax.management.ListenerNotFoundException;
import javax.management.Notification;
import javax.management.NotificationEmitter;
import javax.management.NotificationListener;
import javax.management.openmbean.CompositeData;

/**
 * How much heap is in use at most, in bytes, from when it is made until it is closed: with garbage, and right after a
 * collection, which is what a smaller heap would have to hold.
 */
final class HeapWatch implements AutoCloseable {
    private final List<MemoryPoolMXBean> pools = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .toList();
    private final AtomicLong live = new AtomicLong();
    private final NotificationListener listener = (notification, handback) -> collected(notification);

    HeapWatch() {
        pools.forEach(MemoryPoolMXBean::resetPeakUsage);
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            ((NotificationEmitter) collector).addNotificationListener(listener, null, null);
        }
    }

    private void collected(Notification notification) {
        if (notification.getType().equals(GarbageCollectionNotificationInfo.GARBAGE_COLLECTION_NOTIFICATION)) {
            Map<String, MemoryUsage> after = GarbageCollectionNotificationInfo.from(
                            (CompositeData) notification.getUserData())
                    .getGcInfo()
                    .getMemoryUsageAfterGc();
            long used = pools.stream()
                    .mapToLong(pool -> after.get(pool.getName()).getUsed())
                    .sum();
            live.accumulateAndGet(used, Math::max);
        }
    }

    /** For people: both figures in MiB, and the limit. */
    String text() {
        String peaks = pools.stream()
                .map(pool -> pool.getName() + " " + (pool.getPeakUsage().getUsed() >> 20))
                .collect(Collectors.joining(", "));
        return String.format(
                "heap after collections at most %d MiB, peaks with garbage (%s) MiB, limit %d MiB",
                live.get() >> 20, peaks, Runtime.getRuntime().maxMemory() >> 20);
    }

    @Override
    public void close() {
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            try {
                ((NotificationEmitter) collector).removeNotificationListener(listener);
            } catch (ListenerNotFoundException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
