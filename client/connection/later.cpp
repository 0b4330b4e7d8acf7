#include "client/connection/later.h"

#include <QPointer>

namespace dialogue::client {

void Later::say(Word word)
{
    m_words.push_back(std::move(word));
    post();
}

void Later::speak(Word word)
{
    if (m_calls > 0 || !isEmpty())
        say(std::move(word));
    else
        word();
}

void Later::post()
{
    if (std::exchange(m_posted, true))
        return;
    QMetaObject::invokeMethod(
        this,
        [this] {
            m_posted = false;
            flush();
        },
        Qt::QueuedConnection);
}

void Later::flush()
{
    const QPointer<Later> self(this);
    // No more than there are now: who says more each time would hold up the event loop.
    for (auto left = m_words.size(); self && left > 0 && !m_words.empty(); --left) {
        const Word word = std::move(m_words.front());
        m_words.pop_front();
        word();
    }
    if (self && !m_words.empty())
        post();
}

} // namespace dialogue::client
