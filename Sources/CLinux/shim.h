// What Swift's Glibc module does not show of Linux.
#include <sys/epoll.h>
#include <sys/eventfd.h>
#define _GNU_SOURCE 1
#include <sys/socket.h>
