// What Swift's Glibc module does not show of Linux.
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>

// Declared here because the header hides it unless _GNU_SOURCE is defined, and with that this module's types would
// differ from those of the Glibc module.
extern int accept4(int socket, struct sockaddr *address, socklen_t *length, int flags);
