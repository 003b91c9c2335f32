// What Swift's Glibc module does not show of Linux.
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>

// Declared here because the header hides it unless _GNU_SOURCE is defined, and with that this module's types would
// differ from those of the Glibc module.
extern int accept4(int socket, struct sockaddr *address, socklen_t *length, int flags);

// The user at the other end of a unix socket; -1 if the system does not say.
static inline long bnl_peer_user(int descriptor) {
    // struct ucred, which the header hides likewise (unix(7)).
    struct { int process; unsigned user; unsigned group; } credentials;
    socklen_t size = sizeof credentials;
    return getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &credentials, &size) == 0 ? (long)credentials.user : -1;
}

extern long syscall(long number, ...);

// The cores that a process, or for 0 the calling thread, may run on: a bit for each (sched_setaffinity(2)).
static inline int bnl_run_on(int process, unsigned long cores) {
    return (int)syscall(SYS_sched_setaffinity, process, sizeof cores, &cores);
}

// A descriptor that can be read once in so many nanoseconds of the clock that nobody sets (timerfd_create(2)); its
// header would make its types this module's too.
static inline int bnl_timer(unsigned long nanoseconds) {
    long pause[] = {nanoseconds / 1000000000, nanoseconds % 1000000000};
    long setting[] = {pause[0], pause[1], pause[0], pause[1]};
    int timer = (int)syscall(SYS_timerfd_create, 1 /* CLOCK_MONOTONIC */, 02004000 /* TFD_CLOEXEC | TFD_NONBLOCK */);
    if (timer >= 0) syscall(SYS_timerfd_settime, timer, 0, setting, (void *)0);
    return timer;
}
