#pragma once

#include <QDeadlineTimer>

#include <chrono>
#include <functional>

namespace chat {

/** Tells the others that we write: at most once in a while however fast the keys go, and when it is over. */
class TypingNotice
{
public:
    using Send = std::function<void(bool isTyping)>;

    explicit TypingNotice(Send send, std::chrono::milliseconds every = std::chrono::seconds(2));

    void wrote(); ///< A key was hit.
    void stopped(); ///< Sent, or thought better of it.

private:
    const Send m_send;
    const std::chrono::milliseconds m_every;
    QDeadlineTimer m_quiet; ///< Until then the last notice is good.
    bool m_told = false;
};

} // namespace chat
