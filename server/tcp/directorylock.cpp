#include "server/tcp/directorylock.h"

#include <chrono>
#include <thread>

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace dialogue {

namespace {

using namespace std::chrono_literals;

/** Whoever takes longer is none of ours. */
constexpr auto Patience = 2s;
constexpr auto Pause = 1ms;

} // namespace

DirectoryLock::DirectoryLock(const QByteArray &path)
    : m_descriptor(::open(path.constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC))
{
    if (m_descriptor < 0) { // Then nothing can be locked there; what is wrong with it, the next step says.
        m_held = true;
        return;
    }
    const auto end = std::chrono::steady_clock::now() + Patience;
    while (!(m_held = ::flock(m_descriptor, LOCK_EX | LOCK_NB) == 0)
           && std::chrono::steady_clock::now() < end)
        std::this_thread::sleep_for(Pause);
}

DirectoryLock::~DirectoryLock()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

} // namespace dialogue
