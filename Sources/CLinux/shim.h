// What Swift's Glibc module does not show of Linux.
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

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
