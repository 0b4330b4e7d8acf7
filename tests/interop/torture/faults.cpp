// Preloaded into a server: a disk that fails, a clock that is set, and a machine that loses its power. What
// to do stands in a file that the test writes to, and this maps.
#include <cerrno>
#include <cstdarg>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <ctime>

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

namespace {

struct Control
{
    int32_t writeError; ///< errno of what is written to the store; 0: none.
    int32_t syncError; ///< The same of what is synced.
    int64_t clockSeconds; ///< How far the clock is off.
    int64_t synced; ///< Bytes of the write-ahead log that are on the disk for sure.
    char bootId[64]; ///< In place of the machine's, where there is one.
};

Control *control()
{
    static Control *const mapped = [] {
        static Control none{};
        const char *const path = std::getenv("DIALOGUE_FAULTS");
        const int file = path ? static_cast<int>(syscall(SYS_openat, AT_FDCWD, path, O_RDWR)) : -1;
        if (file < 0)
            return &none;
        void *const memory = mmap(nullptr, sizeof(Control), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
        close(file);
        return memory == MAP_FAILED ? &none : static_cast<Control *>(memory);
    }();
    return mapped;
}

enum Kind : char { Other, Store, Log };
constexpr int Most = 65536;
Kind kinds[Most];

Kind kindOf(int file) { return file >= 0 && file < Most ? kinds[file] : Other; }

bool endsWith(const char *text, const char *end)
{
    const size_t length = std::strlen(text);
    const size_t most = std::strlen(end);
    return length >= most && std::strcmp(text + length - most, end) == 0;
}

template <class Function>
Function real(const char *name)
{
    return reinterpret_cast<Function>(dlsym(RTLD_NEXT, name));
}

int opened(int file, const char *path)
{
    if (file >= 0 && file < Most)
        kinds[file] = endsWith(path, ".db-wal") ? Log : endsWith(path, ".db") ? Store : Other;
    return file;
}

bool isBootId(const char *path)
{
    return control()->bootId[0] != 0 && std::strcmp(path, "/proc/sys/kernel/random/boot_id") == 0;
}

int otherBootId()
{
    const int file = memfd_create("boot_id", 0);
    (void)!write(file, control()->bootId, std::strlen(control()->bootId));
    lseek(file, 0, SEEK_SET);
    return file;
}

bool failsToWrite(int file)
{
    if (kindOf(file) == Other || control()->writeError == 0)
        return false;
    errno = control()->writeError;
    return true;
}

int synced(int file, const char *how)
{
    if (kindOf(file) != Other && control()->syncError != 0) {
        errno = control()->syncError;
        return -1;
    }
    struct stat state;
    const bool isLog = kindOf(file) == Log && fstat(file, &state) == 0;
    const int done = real<int (*)(int)>(how)(file);
    if (isLog && done == 0)
        control()->synced = state.st_size;
    return done;
}

} // namespace

extern "C" {

int open(const char *path, int flags, ...)
{
    va_list rest;
    va_start(rest, flags);
    const mode_t mode = va_arg(rest, mode_t);
    va_end(rest);
    if (isBootId(path))
        return otherBootId();
    static const auto next = real<int (*)(const char *, int, ...)>("open");
    return opened(next(path, flags, mode), path);
}

int open64(const char *path, int flags, ...)
{
    va_list rest;
    va_start(rest, flags);
    const mode_t mode = va_arg(rest, mode_t);
    va_end(rest);
    if (isBootId(path))
        return otherBootId();
    static const auto next = real<int (*)(const char *, int, ...)>("open64");
    return opened(next(path, flags, mode), path);
}

ssize_t pwrite(int file, const void *bytes, size_t size, off_t offset)
{
    static const auto next = real<ssize_t (*)(int, const void *, size_t, off_t)>("pwrite");
    return failsToWrite(file) ? -1 : next(file, bytes, size, offset);
}

ssize_t pwrite64(int file, const void *bytes, size_t size, off64_t offset)
{
    static const auto next = real<ssize_t (*)(int, const void *, size_t, off64_t)>("pwrite64");
    return failsToWrite(file) ? -1 : next(file, bytes, size, offset);
}

int fsync(int file) { return synced(file, "fsync"); }
int fdatasync(int file) { return synced(file, "fdatasync"); }

int clock_gettime(clockid_t clock, struct timespec *time) noexcept
{
    static const auto next = real<int (*)(clockid_t, struct timespec *)>("clock_gettime");
    const int done = next(clock, time);
    if (done == 0 && clock == CLOCK_REALTIME)
        time->tv_sec += control()->clockSeconds;
    return done;
}
}
