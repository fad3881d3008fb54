/* A clock that stands still, for a JVM that writes an archive: it notes when some of the archived objects were used last. */
#define _GNU_SOURCE
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

int clock_gettime(clockid_t clock, struct timespec *now) {
  if (clock != CLOCK_MONOTONIC)
    return (int)syscall(SYS_clock_gettime, clock, now);
  now->tv_sec = 86400;
  now->tv_nsec = 0;
  return 0;
}
