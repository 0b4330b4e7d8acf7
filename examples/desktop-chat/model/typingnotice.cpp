#include "model/typingnotice.h"

#include <utility>

namespace chat {

TypingNotice::TypingNotice(Send send, std::chrono::milliseconds every)
    : m_send(std::move(send))
    , m_every(every)
{ }

void TypingNotice::wrote()
{
    if (m_told && !m_quiet.hasExpired())
        return;
    m_quiet = QDeadlineTimer(m_every);
    m_told = true;
    m_send(true);
}

void TypingNotice::stopped()
{
    if (std::exchange(m_told, false))
        m_send(false);
}

} // namespace chat
