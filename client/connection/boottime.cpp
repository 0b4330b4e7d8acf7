#include "client/connection/boottime.h"

#include <QtGlobal>

#ifdef Q_OS_LINUX
#include <time.h>
#endif

namespace dialogue::client {

using std::chrono::milliseconds;

#ifdef Q_OS_LINUX

namespace {

milliseconds read(clockid_t clock)
{
    timespec now = {};
    if (clock_gettime(clock, &now) != 0)
        return milliseconds(0);
    return std::chrono::duration_cast<milliseconds>(std::chrono::seconds(now.tv_sec)
                                                    + std::chrono::nanoseconds(now.tv_nsec));
}

} // namespace

milliseconds timeAsleep() { return read(CLOCK_BOOTTIME) - read(CLOCK_MONOTONIC); }

#else

milliseconds timeAsleep()
{
    // Elsewhere the clock on the wall: setting it by hand looks like a sleep too, and costs a reconnect.
    using namespace std::chrono;
    return duration_cast<milliseconds>(system_clock::now().time_since_epoch())
        - duration_cast<milliseconds>(steady_clock::now().time_since_epoch());
}

#endif

} // namespace dialogue::client
