// What Swift's Glibc module does not show of Linux.
//
// No header of the system is included: its types would become this module's too, and whether a file that uses them
// compiles would depend on which module is read first. What stands here is the system's interface, which never changes.

// epoll_ctl(2), epoll_wait(2)
typedef union epoll_data {
    void *ptr;
    int fd;
    unsigned int u32;
    unsigned long long u64;
} epoll_data_t;

struct epoll_event {
    unsigned int events;
    epoll_data_t data;
}
#ifdef __x86_64__
__attribute__((packed))
#endif
;

enum EPOLL_EVENTS {
    EPOLLIN = 0x001,
    EPOLLOUT = 0x004,
    EPOLLERR = 0x008,
    EPOLLHUP = 0x010,
    EPOLLRDHUP = 0x2000,
    EPOLLET = 1u << 31
};

enum { EPOLL_CLOEXEC = 02000000 };
#define EPOLL_CTL_ADD 1
#define EPOLL_CTL_DEL 2

extern int epoll_create1(int flags);
extern int epoll_ctl(int epoll, int operation, int descriptor, struct epoll_event *event);
extern int epoll_wait(int epoll, struct epoll_event *events, int count, int milliseconds);

// eventfd(2)
enum { EFD_CLOEXEC = 02000000, EFD_NONBLOCK = 00004000 };

extern int eventfd(unsigned int value, int flags);

// accept4(2), for a caller that does not ask who calls.
extern int accept4(int socket, void *address, unsigned int *length, int flags);

// The user at the other end of a unix socket; -1 if the system does not say (unix(7)).
extern int getsockopt(int socket, int level, int option, void *value, unsigned int *length);

static inline long bnl_peer_user(int descriptor) {
    struct { int process; unsigned int user; unsigned int group; } credentials;
    unsigned int size = sizeof credentials;
    int failed = getsockopt(descriptor, 1 /* SOL_SOCKET */, 17 /* SO_PEERCRED */, &credentials, &size);
    return failed ? -1 : (long)credentials.user;
}

// The cores that a process, or for 0 the calling thread, may run on: a bit for each (sched_setaffinity(2)).
extern int sched_setaffinity(int process, unsigned long size, const void *cores);

static inline int bnl_run_on(int process, unsigned long cores) {
    return sched_setaffinity(process, sizeof cores, &cores);
}

// How many cores this process may run on, which may be fewer than there are (sched_getaffinity(2)).
extern int sched_getaffinity(int process, unsigned long size, void *cores);

static inline int bnl_cores(void) {
    unsigned long cores[16] = {0};
    int count = 0;
    if (sched_getaffinity(0, sizeof cores, cores) < 0) return 1;
    for (int word = 0; word < 16; word++) count += __builtin_popcountl(cores[word]);
    return count > 0 ? count : 1;
}

// A descriptor that can be read once in so many nanoseconds of the clock that nobody sets (timerfd_create(2)).
extern int timerfd_create(int clock, int flags);
extern int timerfd_settime(int timer, int flags, const void *setting, void *former);

static inline int bnl_timer(unsigned long nanoseconds) {
    long pause[] = {nanoseconds / 1000000000, nanoseconds % 1000000000};
    long setting[] = {pause[0], pause[1], pause[0], pause[1]};
    int timer = timerfd_create(1 /* CLOCK_MONOTONIC */, 02004000 /* TFD_CLOEXEC | TFD_NONBLOCK */);
    if (timer >= 0) timerfd_settime(timer, 0, setting, (void *)0);
    return timer;
}

// The bytes that were sent and that the other end has not taken; -1 if the system does not say (tcp(7), SIOCOUTQ).
extern int ioctl(int descriptor, unsigned long request, ...);

static inline int bnl_untaken(int descriptor) {
    int bytes = 0;
    return ioctl(descriptor, 0x5411 /* SIOCOUTQ */, &bytes) ? -1 : bytes;
}

// Asks for turns of so many nanoseconds on a core that others want too: when it wakes, the thread goes before whoever
// has longer ones. 0, or -1 where the system does not; before Linux 6.12 it changes nothing (sched_setattr(2)).
extern long syscall(long number, ...);
extern int getpriority(int which, unsigned int who);
extern int sched_getscheduler(int process);

static inline int bnl_short_turns(unsigned long nanoseconds) {
#if defined(__x86_64__)
    const long sched_setattr = 314;
#else
    const long sched_setattr = 274;
#endif
    // Who has given the server another policy has thought of it.
    if (sched_getscheduler(0) != 0 /* SCHED_OTHER */) return -1;
    struct {
        unsigned int size, policy;
        unsigned long flags;
        int nice;
        unsigned int priority;
        unsigned long runtime, deadline, period;
    } wish = {
        .size = sizeof wish,
        // What the thread starts has turns as others have.
        .flags = 1 /* SCHED_FLAG_RESET_ON_FORK */,
        .nice = getpriority(0 /* PRIO_PROCESS */, 0),
        .runtime = nanoseconds,
    };
    return (int)syscall(sched_setattr, 0, &wish, 0);
}
