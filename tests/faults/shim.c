/* Stands between a program and libc: counts the calls that change the disk below one folder, and does harm at one.
 * Preloaded (LD_PRELOAD) it sees whatever Python and its libraries do, buffered writes and SQLite too. It does not see
 * what libc calls inside itself (fopen), what is written through memory maps, and programs that were linked statically.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/types.h>
#include <time.h>
#include <unistd.h>

enum harm { NONE, KILL_BEFORE, KILL_AFTER, TORN, SHORT, FAIL };
enum { MOST_FILES = 4096, MOST_CALLS = 65536 };

static char prefix[PATH_MAX];
static size_t prefix_length;
static int step, target, error_number, for_good;
static enum harm harm;
static time_t frozen;
static char tracked[MOST_FILES];
static char kinds[MOST_CALLS]; /* w write, s sync, o open, r rename, l link, u unlink, m mkdir, c other */

/* The interface to the walk: which folder, at which call (0: only count), what harm, once or from then on. */
void fault_arm(const char *folder, int at, int what, int number, int lasting, long moment)
{
    snprintf(prefix, sizeof prefix, "%s", folder);
    prefix_length = strlen(prefix);
    step = 0, target = at, harm = what, error_number = number, for_good = lasting, frozen = moment;
}

int fault_count(void) { return step; }
const char *fault_kinds(void) { return kinds; }

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static int is_below(int folder, const char *path)
{
    char full[2 * PATH_MAX + 2], base[PATH_MAX], link[64];
    ssize_t length;
    if (!prefix_length || !path)
        return 0;
    if (path[0] == '/')
        return strncmp(path, prefix, prefix_length) == 0;
    if (folder == AT_FDCWD) {
        if (!getcwd(base, sizeof base))
            return 0;
    } else {
        snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
        length = readlink(link, base, sizeof base - 1);
        if (length < 0)
            return 0;
        base[length] = 0;
    }
    snprintf(full, sizeof full, "%s/%s", base, path);
    return strncmp(full, prefix, prefix_length) == 0;
}

static int is_tracked(int file) { return prefix_length && file >= 0 && file < MOST_FILES && tracked[file]; }

static void track(int file, int below)
{
    if (file >= 0 && file < MOST_FILES)
        tracked[file] = below;
}

/* Count a call; return what is to be done at it. */
static enum harm strike(char kind)
{
    if (step < MOST_CALLS)
        kinds[step] = kind;
    step++;
    if (!target || step < target || (step > target && !for_good))
        return NONE;
    if (error_number == ENOSPC && step > target && kind == 'u')
        return NONE; /* a full disk lets go */
    if (harm == KILL_BEFORE || (harm == TORN && kind != 'w'))
        kill(getpid(), SIGKILL);
    return harm;
}

static void after(enum harm what)
{
    int kept = errno;
    if (what == KILL_AFTER || what == TORN)
        kill(getpid(), SIGKILL);
    errno = kept;
}

/* BODY is the call itself; its value is `done`. */
#define GUARD(type, condition, kind, body)                                                                             \
    type done;                                                                                                         \
    enum harm what = (condition) ? strike(kind) : NONE;                                                                \
    if (what == FAIL) {                                                                                                \
        errno = error_number;                                                                                          \
        return -1;                                                                                                     \
    }                                                                                                                  \
    done = body;                                                                                                       \
    after(what);                                                                                                       \
    return done

static int changes(int flags) { return (flags & (O_CREAT | O_TRUNC)) != 0; }

static int opened(int (*real)(int, const char *, int, ...), int folder, const char *path, int flags, mode_t mode)
{
    int below = is_below(folder, path), file;
    enum harm what = below && changes(flags) ? strike('o') : NONE;
    if (what == FAIL) {
        errno = error_number;
        return -1;
    }
    file = real(folder, path, flags, mode);
    after(what);
    track(file, below);
    return file;
}

static mode_t mode_of(int flags, va_list more) { return flags & (O_CREAT | O_TMPFILE) ? va_arg(more, mode_t) : 0; }

#define OPEN(name, base)                                                                                               \
    int name(const char *path, int flags, ...)                                                                         \
    {                                                                                                                  \
        va_list more;                                                                                                  \
        va_start(more, flags);                                                                                         \
        mode_t mode = mode_of(flags, more);                                                                            \
        va_end(more);                                                                                                  \
        return opened(REAL(base), AT_FDCWD, path, flags, mode);                                                        \
    }
#define OPENAT(name)                                                                                                   \
    int name(int folder, const char *path, int flags, ...)                                                             \
    {                                                                                                                  \
        va_list more;                                                                                                  \
        va_start(more, flags);                                                                                         \
        mode_t mode = mode_of(flags, more);                                                                            \
        va_end(more);                                                                                                  \
        return opened(REAL(name), folder, path, flags, mode);                                                          \
    }
OPEN(open, openat)
OPEN(open64, openat64)
OPENAT(openat)
OPENAT(openat64)

int close(int file)
{
    track(file, 0);
    return REAL(close)(file);
}

/* Half of a write arrives when it is torn or short; a single byte cannot be halved. */
static size_t part(enum harm what, size_t size) { return (what == TORN || what == SHORT) && size > 1 ? size / 2 : size; }

#define WRITE(name, more, words)                                                                                       \
    ssize_t name(int file, const void *data, size_t size more)                                                         \
    {                                                                                                                  \
        ssize_t done;                                                                                                  \
        enum harm what = is_tracked(file) ? strike('w') : NONE;                                                        \
        if (what == FAIL) {                                                                                            \
            errno = error_number;                                                                                      \
            return -1;                                                                                                 \
        }                                                                                                              \
        done = REAL(name)(file, data, part(what, size) words);                                                         \
        after(what);                                                                                                   \
        return done;                                                                                                   \
    }
#define COMMA ,
WRITE(write, , )
WRITE(pwrite, COMMA off_t place, COMMA place)
WRITE(pwrite64, COMMA off64_t place, COMMA place)

ssize_t sendfile(int to, int from, off_t *place, size_t size)
{
    GUARD(ssize_t, is_tracked(to), 'c', ((ssize_t(*)(int, int, off_t *, size_t))dlsym(RTLD_NEXT, "sendfile"))(to, from, place, size));
}

ssize_t sendfile64(int to, int from, off64_t *place, size_t size)
{
    GUARD(ssize_t, is_tracked(to), 'c', ((ssize_t(*)(int, int, off64_t *, size_t))dlsym(RTLD_NEXT, "sendfile64"))(to, from, place, size));
}

int fsync(int file) { GUARD(int, is_tracked(file), 's', REAL(fsync)(file)); }
int fdatasync(int file) { GUARD(int, is_tracked(file), 's', REAL(fdatasync)(file)); }
int ftruncate(int file, off_t size) { GUARD(int, is_tracked(file), 'c', REAL(ftruncate)(file, size)); }
int ftruncate64(int file, off64_t size) { GUARD(int, is_tracked(file), 'c', REAL(ftruncate64)(file, size)); }
int fchmod(int file, mode_t mode) { GUARD(int, is_tracked(file), 'c', REAL(fchmod)(file, mode)); }
int chmod(const char *path, mode_t mode) { GUARD(int, is_below(AT_FDCWD, path), 'c', REAL(chmod)(path, mode)); }
int fchmodat(int folder, const char *path, mode_t mode, int flags)
{
    GUARD(int, is_below(folder, path), 'c', REAL(fchmodat)(folder, path, mode, flags));
}
int utimensat(int folder, const char *path, const struct timespec times[2], int flags)
{
    GUARD(int, is_below(folder, path), 'c', REAL(utimensat)(folder, path, times, flags));
}
int rename(const char *old, const char *new) { GUARD(int, is_below(AT_FDCWD, new), 'r', REAL(rename)(old, new)); }
int renameat(int from, const char *old, int to, const char *new)
{
    GUARD(int, is_below(to, new), 'r', REAL(renameat)(from, old, to, new));
}
int link(const char *old, const char *new) { GUARD(int, is_below(AT_FDCWD, new), 'l', REAL(link)(old, new)); }
int linkat(int from, const char *old, int to, const char *new, int flags)
{
    GUARD(int, is_below(to, new), 'l', REAL(linkat)(from, old, to, new, flags));
}
int symlink(const char *old, const char *new) { GUARD(int, is_below(AT_FDCWD, new), 'l', REAL(symlink)(old, new)); }
int symlinkat(const char *old, int to, const char *new)
{
    GUARD(int, is_below(to, new), 'l', REAL(symlinkat)(old, to, new));
}
int unlink(const char *path) { GUARD(int, is_below(AT_FDCWD, path), 'u', REAL(unlink)(path)); }
int unlinkat(int folder, const char *path, int flags)
{
    GUARD(int, is_below(folder, path), 'u', REAL(unlinkat)(folder, path, flags));
}
int rmdir(const char *path) { GUARD(int, is_below(AT_FDCWD, path), 'u', REAL(rmdir)(path)); }
int mkdir(const char *path, mode_t mode) { GUARD(int, is_below(AT_FDCWD, path), 'm', REAL(mkdir)(path, mode)); }
int mkdirat(int folder, const char *path, mode_t mode)
{
    GUARD(int, is_below(folder, path), 'm', REAL(mkdirat)(folder, path, mode));
}

/* The clock of the wall stands still, so that two runs of one command write the same bytes. */
int clock_gettime(clockid_t clock, struct timespec *now)
{
    int done = REAL(clock_gettime)(clock, now);
    if (frozen && clock == CLOCK_REALTIME)
        now->tv_sec = frozen, now->tv_nsec = 0;
    return done;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone)
{
    int done = ((int (*)(struct timeval *, void *))dlsym(RTLD_NEXT, "gettimeofday"))(now, zone);
    if (frozen)
        now->tv_sec = frozen, now->tv_usec = 0;
    return done;
}
